import ParleyContract
import SpecCore

/// The two sides of a conversation, in the order of their ids.
struct Pair: Sendable, Equatable {
    let low: Identifier
    let high: Identifier

    init(_ a: Identifier, _ b: Identifier) {
        (low, high) = a < b ? (a, b) : (b, a)
    }

    init(_ message: MessagesRow) {
        (low, high) = (message.lowId, message.highId)
    }

    func other(than user: Identifier) -> Identifier { user == low ? high : low }
}
