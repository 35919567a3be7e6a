import SpecCore

/// Problem for a caller whose account was deleted a moment ago, while the session was still valid.
enum AccountGone {
    static var problem: Problem { Problem(.unauthenticated, "This account has been deleted.") }
}
