import Crypto
import JWTKit
package import SpecCore

/// Creates and verifies access tokens: JWTs (RFC 9068 `at+jwt`) with HS256 only.
package struct AccessTokens: Sendable {
    /// Lifetime of a token in seconds.
    package static let lifetimeSeconds = 900
    /// Clock skew between nodes, in seconds, for which a token may be valid too early.
    static let leewaySeconds: Int64 = 60
    /// The end of the year 9999, the last one of RFC 3339, in seconds: its milliseconds fit their type.
    static let expiryMax: Int64 = 253_402_300_799
    static let issuer = "parley"
    static let audience = "parley-api"
    static let type = "at+jwt"

    struct Claims: JWTPayload {
        let iss: String
        let aud: String
        let sub: String
        let sid: String
        let iat: Int64
        let nbf: Int64
        let exp: Int64

        /// Empty: times need a clock, so ``AccessTokens/verify(_:at:)`` checks the claims after the signature.
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// Claims of a verified token.
    package struct Grant: Sendable, Equatable {
        package let subject: Identifier
        package let session: Identifier
        package let expiresAt: Timestamp
    }

    private let keys: JWTKeyCollection
    private let signingKey: JWKIdentifier

    package init(keys serverKeys: ServerKeys) async {
        keys = JWTKeyCollection()
        signingKey = JWKIdentifier(string: serverKeys.current.identifier)
        for set in serverKeys.sets {
            await keys.add(
                hmac: HMACKey(key: set.access), digestAlgorithm: .sha256, kid: JWKIdentifier(string: set.identifier))
        }
    }

    /// Returns a token for a session.
    package func make(subject: Identifier, session: Identifier, at now: Timestamp) async throws -> String {
        let second = now.milliseconds / 1_000
        let claims = Claims(
            iss: Self.issuer, aud: Self.audience, sub: subject.description, sid: session.description, iat: second,
            nbf: second, exp: second + Int64(Self.lifetimeSeconds))
        return try await keys.sign(claims, kid: signingKey, header: ["typ": .string(Self.type), "alg": "HS256"])
    }

    /// Verifies signature, algorithm, type and all claims.
    ///
    /// - Throws: ``Problem`` `unauthenticated`, or `token-expired` for a token that is valid apart from its expiry.
    package func verify(_ token: String, at now: Timestamp) async throws -> Grant {
        guard let claims = try? await verified(token), claims.iss == Self.issuer, claims.aud == Self.audience,
            let subject = Identifier(claims.sub), let session = Identifier(claims.sid),
            claims.exp <= Self.expiryMax
        else { throw Problem(.unauthenticated, "The access token is not valid.") }
        let second = now.milliseconds / 1_000
        if claims.nbf > second + Self.leewaySeconds {
            throw Problem(.unauthenticated, "The access token is not valid yet.")
        }
        if claims.exp <= second { throw Problem(.tokenExpired, "The access token has expired; refresh it.") }
        return Grant(subject: subject, session: session, expiresAt: Timestamp(milliseconds: claims.exp * 1_000))
    }

    private func verified(_ token: String) async throws -> Claims {
        let header = try DefaultJWTParser().parse(Array(token.utf8), as: Claims.self).header
        // A token has only one valid encoding (RFC 7515, 2): no padding, no bits beyond the last byte.
        let signature = token.utf8.lastIndex(of: UInt8(ascii: ".")).map { token[$0...].dropFirst() } ?? ""
        guard header.alg == "HS256", header.typ == Self.type,
            // Extensions that change the meaning of a token, none of which is supported (RFC 7515, 4.1.11; RFC 7797).
            ["crit", "b64", "zip"].allSatisfy({ header.fields[$0] == nil }), Base64URL.decode(String(signature)) != nil
        else {
            throw JWTError.generic(identifier: "header", reason: "")
        }
        return try await keys.verify(token, as: Claims.self)
    }
}
