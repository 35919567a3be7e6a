import SpecCore

/// HMAC of the content of a message as first sent, to recognise a repeated send after an edit or a deletion.
///
/// Keyed, so that the text of a deleted message cannot be guessed from it.
struct ContentFingerprint: Sendable {
    private let content: [UInt8]
    private let authenticator: any MessageAuthenticator

    init(text: String?, mediaIds: [Identifier], authenticator: any MessageAuthenticator) {
        var content = Array("message".utf8)
        for id in mediaIds { content.append(id) }
        content.append(bigEndian: UInt32(mediaIds.count))
        content.append(text == nil ? 0 : 1)
        self.content = content + (text.map { Array($0.utf8) } ?? [])
        self.authenticator = authenticator
    }

    /// The bytes stored with the message.
    var bytes: [UInt8] { authenticator.code(of: content) }

    /// Returns true if the stored fingerprint is of this content, whichever of the server's secrets signed it.
    func isKept(as kept: [UInt8]) -> Bool {
        authenticator.isValid(kept[...], of: content)
    }
}
