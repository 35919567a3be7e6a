public import NIOCore

/// Signs the URLs of responses (`x-signed`), so that they work without another credential, and verifies them.
///
/// A signed URL is valid for one path, one viewer and a limited time. It shows what the viewer may see at the moment of the
/// request; the session in which it was issued may have ended.
public struct URLSigner: Sendable {
    /// The security scheme: its name, and the query parameter of the signature.
    public let scheme: SecurityScheme

    private let parameter: String
    private let authenticator: any MessageAuthenticator
    private let lifetimeSeconds: Int64
    private let now: @Sendable () -> Timestamp

    /// Number of bytes of a signature before its code: the viewer, and the second of expiry.
    private static let claimBytes = 24
    /// The session of callers with a signed URL: none.
    private static let noSession = Identifier(high: 0, low: 0)

    /// - Parameters:
    ///   - scheme: the scheme that `x-signed` names: an apiKey in the query, generated as `Routes.signedURLScheme`.
    ///   - lifetimeSeconds: the lifetime of a signed URL.
    /// - Throws: ``ConfigurationError`` for a scheme that is no apiKey in the query.
    public init(
        scheme: SecurityScheme, authenticator: any MessageAuthenticator, lifetimeSeconds: Int,
        now: @escaping @Sendable () -> Timestamp
    ) throws {
        guard case .query(let parameter) = scheme.carrier else {
            throw ConfigurationError(
                "URLSigner needs an apiKey in the query, not the scheme '\(scheme.name)': pass Routes.signedURLScheme")
        }
        self.scheme = scheme
        self.parameter = parameter
        self.authenticator = authenticator
        self.lifetimeSeconds = Int64(lifetimeSeconds)
        self.now = now
    }

    // MARK: Sign

    /// Returns the JSON with signatures at the places of its URLs, all with the same expiry.
    public func sign(_ json: ByteBuffer, _ places: [Range<Int>], for viewer: Identifier) -> ByteBuffer {
        let claims = claims(of: viewer)
        let bytes = json.readableBytesView
        var signed = ByteBufferAllocator().buffer(capacity: json.readableBytes + places.count * 128)
        var start = bytes.startIndex
        for place in places {
            let url = bytes[bytes.startIndex + place.lowerBound..<bytes.startIndex + place.upperBound]
            signed.writeBytes(bytes[start..<url.endIndex])
            signed.writeString(suffix(of: url, claims))
            start = url.endIndex
        }
        signed.writeBytes(bytes[start...])
        return signed
    }

    /// Returns a signed root-relative URL, outside of a response.
    public func sign(_ url: String, for viewer: Identifier) -> String {
        url + suffix(of: Array(url.utf8), claims(of: viewer))
    }

    private func claims(of viewer: Identifier) -> [UInt8] {
        var claims = viewer.bytes
        claims.append(bigEndian: now().milliseconds / 1_000 + lifetimeSeconds)
        return claims
    }

    private func suffix(of url: some Collection<UInt8>, _ claims: [UInt8]) -> String {
        let path = url.prefix { $0 != UInt8(ascii: "?") }
        let signature = Base64URL.encode(claims + authenticator.code(of: claims + path))
        return "\(path.count == url.count ? "?" : "&")\(parameter)=\(signature)"
    }

    // MARK: Verify

    /// Returns the caller of a request with a signed URL: the viewer for whom it was signed.
    ///
    /// - Parameter path: the path of the request, without its query.
    /// - Throws: ``Problem`` `unauthenticated`, or `token-expired` for a signature that is valid apart from its expiry.
    public func caller(with signature: String, path: some StringProtocol) throws -> Caller {
        guard let bytes = Base64URL.decode(signature), bytes.count == Self.claimBytes + authenticator.codeBytes,
            authenticator.isValid(bytes[Self.claimBytes...], of: Array(bytes[..<Self.claimBytes]) + path.utf8)
        else { throw Problem(.unauthenticated, "The signature of the URL is not valid.") }
        let end: Int64 = bytes[16..<Self.claimBytes].bigEndian()
        guard now().milliseconds / 1_000 < end else {
            throw Problem(.tokenExpired, "The signed URL has expired; request a new one.")
        }
        return Caller(subject: Identifier(bytes: bytes[..<16]), session: Self.noSession, scheme: scheme.name)
    }
}
