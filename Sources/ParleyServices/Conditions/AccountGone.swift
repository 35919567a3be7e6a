import SpecCore

/// What a caller hears whose account was removed a moment ago, while the session still lived.
enum AccountGone {
    static var problem: Problem { Problem(.unauthenticated, "This account is gone.") }
}
