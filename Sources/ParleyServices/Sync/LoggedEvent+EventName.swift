import ParleyContract
import SpecCore

extension LoggedEvent {
    /// Creates an event of the product.
    ///
    /// - Parameters:
    ///   - subject: the second id of the event: a session for a status, a reaction, a contact, a user.
    ///   - detail: the status, for a status event.
    init(
        _ kind: EventName, message: Identifier? = nil, subject: Identifier? = nil, detail: String? = nil,
        at time: Timestamp
    ) {
        self.init(kind: kind.rawValue, at: time, firstId: message, secondId: subject, detail: detail)
    }
}
