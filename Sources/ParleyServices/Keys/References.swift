package import SpecCore

/// References to pictures and files that stand for an access token: signed for one object and for who is to see it, and
/// only for a while. They show what an access token of that viewer would at the same moment; the session that they came
/// with may have ended.
package struct References: Sendable {
    /// How long a reference works.
    static let lifetimeSeconds = 600
    /// The security scheme of the spec.
    static let scheme = "reference"
    static let parameter = "?signature="

    /// What a signature says.
    struct Grant: Sendable, Equatable {
        static let bytesCount = 40

        let object: Identifier
        let viewer: Identifier
        /// When it ends, in seconds.
        let end: Int64

        var bytes: [UInt8] {
            var bytes = [object, viewer].packed
            bytes.append(bigEndian: end)
            return bytes
        }

        init(object: Identifier, viewer: Identifier, end: Int64) {
            self.object = object
            self.viewer = viewer
            self.end = end
        }

        fileprivate init(_ bytes: [UInt8]) {
            object = bytes.prefix(16).identifier
            viewer = bytes.dropFirst(16).prefix(16).identifier
            end = bytes.dropFirst(32).bigEndian()
        }
    }

    /// The characters of a signature.
    private static let textCount = ((Grant.bytesCount + Seal.bytesCount) * 4 + 2) / 3

    private let keys: ServerKeys
    private let now: @Sendable () -> Timestamp

    package init(keys: ServerKeys, now: @escaping @Sendable () -> Timestamp) {
        self.keys = keys
        self.now = now
    }

    /// Signs what one answer shows to its caller.
    func signer(for viewer: Identifier) -> ReferenceSigner {
        ReferenceSigner(viewer: viewer, end: now().milliseconds / 1_000 + Int64(Self.lifetimeSeconds), references: self)
    }

    fileprivate func sign(_ grant: Grant) -> String {
        let bytes = grant.bytes
        return Base64URL.encode(bytes + Seal.of(bytes, by: keys.current.reference))
    }

    /// What a signature of this server grants.
    /// - Throws: ``Problem`` `unauthenticated` or `token-expired`.
    func grant(signedBy signature: String) throws -> Grant {
        guard let grant = genuine(signature) else {
            throw Problem(.unauthenticated, "This is no reference of this server.")
        }
        guard !hasEnded(grant) else {
            throw Problem(.tokenExpired, "The reference has expired; read the object again that it came with.")
        }
        return grant
    }

    private func hasEnded(_ grant: Grant) -> Bool { now().milliseconds / 1_000 >= grant.end }

    /// nil unless one of the server's keys signed it, whenever that was.
    private func genuine(_ signature: String) -> Grant? {
        guard let bytes = Base64URL.decode(signature), bytes.count == Grant.bytesCount + Seal.bytesCount else {
            return nil
        }
        let (grant, seal) = (Array(bytes[..<Grant.bytesCount]), bytes[Grant.bytesCount...])
        let isOurs = keys.sets.contains { Seal.isTrue(seal, of: grant, by: $0.reference) }
        return isOurs ? Grant(grant) : nil
    }

    /// An answer that was kept for its caller, with references that work again in the place of the caller's own that
    /// have ended. Only members that are references count, not what users wrote into texts.
    func renewed(_ answer: [UInt8], for caller: Identifier) -> [UInt8] {
        let mark = Array(Self.parameter.utf8)
        let signer = signer(for: caller)
        var renewed: [UInt8] = []
        var rest = answer[...]
        while let start = rest.firstRange(of: mark)?.upperBound {
            let isMember = Self.isMember(rest[..<start])
            renewed += rest[..<start]
            rest = rest[start...]
            let old = rest.prefix(Self.textCount)
            guard isMember, let grant = genuine(String(decoding: old, as: UTF8.self)), grant.viewer == caller,
                hasEnded(grant)
            else { continue }
            renewed += Array(signer.sign(grant.object).utf8)
            rest = rest.dropFirst(old.count)
        }
        return renewed + rest
    }

    /// Whether JSON ends here inside the value of a member that is a reference. A quote inside a text is escaped, so
    /// that no text looks like one.
    private static func isMember(_ json: ArraySlice<UInt8>) -> Bool {
        guard let quote = json.lastIndex(of: UInt8(ascii: "\"")) else { return false }
        return ["\"url\":", "\"pictureUrl\":"].contains { json[..<quote].suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
}

/// Signs references for one viewer, all with the same end.
struct ReferenceSigner: Sendable {
    fileprivate let viewer: Identifier
    fileprivate let end: Int64
    fileprivate let references: References

    /// `/media/{mediaId}`, signed.
    func media(_ id: Identifier) -> String { PlainReference.media(id) + References.parameter + sign(id) }

    /// `/users/{userId}/picture`, signed.
    func picture(of user: Identifier) -> String { PlainReference.picture(of: user) + References.parameter + sign(user) }

    fileprivate func sign(_ object: Identifier) -> String {
        references.sign(References.Grant(object: object, viewer: viewer, end: end))
    }
}

/// Where things are, relative to the root, for those who bring an access token.
enum PlainReference {
    static func media(_ id: Identifier) -> String { "/media/\(id)" }
    static func picture(of user: Identifier) -> String { "/users/\(user)/picture" }
}
