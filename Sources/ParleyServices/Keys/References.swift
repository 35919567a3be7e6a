import Crypto
import ParleyContract
package import SpecCore

/// References to pictures and files that stand for an access token: signed for one object, and only for a while.
package struct References: Sendable {
    /// How long a reference works.
    static let lifetimeSeconds = 600
    /// The security scheme of the spec.
    static let scheme = "reference"
    private static let sealBytes = 16

    private let keys: ServerKeys
    private let now: @Sendable () -> Timestamp

    package init(keys: ServerKeys, now: @escaping @Sendable () -> Timestamp) {
        self.keys = keys
        self.now = now
    }

    /// `/media/{mediaId}`, signed.
    func media(_ id: Identifier) -> String { "\(PlainReference.media(id))?signature=\(sign(id))" }

    /// `/users/{userId}/picture`, signed.
    func picture(of user: Identifier) -> String { "\(PlainReference.picture(of: user))?signature=\(sign(user))" }

    /// The object, when the reference ends, and a seal over both.
    private func sign(_ object: Identifier) -> String {
        var bytes: [UInt8] = []
        bytes.append(object)
        bytes.append(bigEndian: now().milliseconds / 1_000 + Int64(Self.lifetimeSeconds))
        return Base64URL.encode(bytes + Self.seal(bytes, keys.current.reference))
    }

    /// The object that a signature is for.
    /// - Throws: ``Problem`` `unauthenticated` or `token-expired`.
    func object(signedBy signature: String) throws -> Identifier {
        guard let bytes = Base64URL.decode(signature), bytes.count == 24 + Self.sealBytes,
            keys.sets.contains(where: { Self.areEqual(Self.seal(Array(bytes[..<24]), $0.reference), bytes[24...]) })
        else { throw Problem(.unauthenticated, "This is no reference of this server.") }
        let end: Int64 = bytes[16..<24].bigEndian()
        guard now().milliseconds / 1_000 < end else {
            throw Problem(.tokenExpired, "The reference has expired; read the object again that it came with.")
        }
        return bytes[..<16].identifier
    }

    private static func seal(_ bytes: [UInt8], _ key: SymmetricKey) -> ArraySlice<UInt8> {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))[..<sealBytes]
    }

    private static func areEqual(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
        zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Where things are, relative to the root, for those who bring an access token.
enum PlainReference {
    static func media(_ id: Identifier) -> String { "/media/\(id)" }
    static func picture(of user: Identifier) -> String { "/users/\(user)/picture" }
}

extension User {
    func signed(by references: References) -> User {
        var user = self
        if pictureUrl != nil { user.pictureUrl = references.picture(of: id) }
        return user
    }
}

extension Profile {
    func signed(by references: References) -> Profile {
        var profile = self
        if pictureUrl != nil { profile.pictureUrl = references.picture(of: id) }
        return profile
    }
}

extension Contact {
    func signed(by references: References) -> Contact {
        var contact = self
        contact.user = user.signed(by: references)
        return contact
    }
}

extension Media {
    func signed(by references: References) -> Media {
        var media = self
        media.url = references.media(id)
        return media
    }
}

extension Message {
    func signed(by references: References) -> Message {
        var message = self
        message.media = media.map { $0.signed(by: references) }
        return message
    }
}

extension Conversation {
    func signed(by references: References) -> Conversation {
        var conversation = self
        conversation.peer = peer.signed(by: references)
        conversation.lastMessage = lastMessage.signed(by: references)
        return conversation
    }
}

extension SendMessage.Output {
    func signed(by references: References) -> SendMessage.Output {
        switch self {
        case .ok(let message): .ok(message.signed(by: references))
        case .created(let message): .created(message.signed(by: references))
        }
    }
}

extension Event {
    func signed(by references: References) -> Event {
        var event = self
        switch data {
        case .message(let message): event.data = .message(message.signed(by: references))
        case .contact(let contact): event.data = .contact(contact.signed(by: references))
        case .user(let user): event.data = .user(user.signed(by: references))
        default: break
        }
        return event
    }
}
