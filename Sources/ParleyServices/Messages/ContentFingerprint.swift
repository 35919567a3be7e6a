import SpecCore

/// Tells whether a repeated message is the one that was sent first, although that was edited or deleted since.
///
/// An HMAC, so that a deleted message leaves nothing that its text could be guessed from.
struct ContentFingerprint: Sendable {
    private let content: [UInt8]
    private let keys: ServerKeys

    init(text: String?, mediaIds: [Identifier], keys: ServerKeys) {
        var content = Array("message".utf8)
        for id in mediaIds { content.append(id) }
        content.append(bigEndian: UInt32(mediaIds.count))
        content.append(text == nil ? 0 : 1)
        self.content = content + (text.map { Array($0.utf8) } ?? [])
        self.keys = keys
    }

    /// What is kept with the message.
    var bytes: [UInt8] { Seal.of(content, by: keys.current.fingerprint) }

    /// Whether the message that was sent first had this content, whichever of the server's secrets signed then.
    func isKept(as kept: [UInt8]) -> Bool {
        keys.sets.contains { Seal.isTrue(kept[...], of: content, by: $0.fingerprint) }
    }
}
