import SpecCore

/// An answer with what the transport must know about it.
struct DoorReply: Sendable {
    var answer: Answer
    let requestID: String
    /// A page with a Content-Security-Policy of its own.
    var hasOwnPolicy = false
    /// The connection cannot go on after this answer.
    var closes = false
}
