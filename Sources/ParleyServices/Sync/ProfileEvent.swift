import ParleyContract
import SpecCore

/// Notifies a user's devices that their profile has changed.
enum ProfileEvent {
    static func emit(for user: Identifier, at now: Timestamp, in transaction: any Transaction) throws {
        try transaction.emit(LoggedEvent(.profileUpdated, subject: user, at: now), to: [user])
    }
}
