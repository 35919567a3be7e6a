import ParleyContract
import SpecCore

/// Whether users may reach each other with something new: a message, another text of it, an emoji.
enum Terms {
    /// - Throws: ``Problem`` `not-found` for a user who is not there, `blocked` where either side has blocked the other.
    static func check(from sender: Identifier, to recipient: Identifier, in transaction: any Transaction) throws {
        let query = MessagesQueries.terms(senderId: sender, recipientId: recipient)
        guard let terms = try transaction.first(query), terms.isThere else { throw notThere }
        if terms.hasBlocked { throw isBlockedBy }
        if terms.isBlocked { throw hasBlocked }
    }

    static var notThere: Problem { Problem(SendMessage.Problems.notFound, "There is no such user.") }
    static var isBlockedBy: Problem { Problem(SendMessage.Problems.blocked, "This user has blocked you.") }
    static var hasBlocked: Problem {
        Problem(SendMessage.Problems.blocked, "You have blocked this user: unblock them to reach them.")
    }
}
