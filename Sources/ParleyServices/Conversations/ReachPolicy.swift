import ParleyContract
import SpecCore

/// Checks whether a user may send another user something new: a message, an edit or a reaction.
enum ReachPolicy {
    /// Checks that neither side has blocked the other.
    ///
    /// - Throws: ``Problem`` `not-found` for an unknown user, `blocked` if either side has blocked the other.
    static func check(from sender: Identifier, to recipient: Identifier, in transaction: any Transaction) throws {
        let query = MessagesQueries.reach(senderId: sender, recipientId: recipient)
        guard let reach = try transaction.first(query), reach.isThere else { throw notThere }
        if reach.hasBlocked { throw isBlockedBy }
        if reach.isBlocked { throw hasBlocked }
    }

    static var notThere: Problem { Problem(.notFound, "There is no such user.") }
    static var isBlockedBy: Problem { Problem(.blocked, "This user has blocked you.") }
    static var hasBlocked: Problem {
        Problem(.blocked, "You have blocked this user; unblock them first.")
    }
}
