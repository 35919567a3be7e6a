import ParleyContract
import SpecCore

/// Tells a user's devices that their profile has changed.
enum ProfileEvent {
    static func append(for user: Identifier, at now: Timestamp, in transaction: any Transaction) throws {
        try EventLog.append(LoggedEvent(kind: .profileUpdated, subject: user, at: now), to: user, in: transaction)
    }
}
