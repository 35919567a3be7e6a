import ParleyContract
import SpecCore

/// Whether users may reach each other with something new: a message, another text of it, an emoji.
enum Terms {
    /// - Throws: ``Problem`` `not-found` for a user who is not there, `blocked` where either side has blocked the other.
    static func check(from sender: Identifier, to recipient: Identifier, in transaction: any Transaction) throws {
        let query = MessagesQueries.terms(senderId: sender, recipientId: recipient)
        guard let terms = try transaction.first(query), terms.isThere else {
            throw Problem(SendMessage.Problems.notFound, "There is no such user.")
        }
        if terms.hasBlocked { throw Problem(SendMessage.Problems.blocked, "This user has blocked you.") }
        if terms.isBlocked {
            throw Problem(SendMessage.Problems.blocked, "You have blocked this user: unblock them to reach them.")
        }
    }
}
