import Crypto
import JWTKit
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the verification of access tokens.
@Suite(.timeLimit(.minutes(10))) struct AccessTokenTests {
    /// Claims of a token; each test changes one of them.
    private struct Claims: JWTPayload {
        var iss = "parley"
        var aud = "parley-api"
        var sub: String
        var sid: String
        var iat: Int64
        var nbf: Int64
        var exp: Int64

        init(subject: Identifier, session: Identifier, at now: Timestamp) {
            let second = now.milliseconds / 1_000
            (sub, sid, iat, nbf, exp) = (subject.description, session.description, second, second, second + 900)
        }

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    private static let now = Timestamp.now()
    private static let keys = ServerKeys(secrets: [Array(TestServer.secret.utf8)])
    private static let claims = Claims(subject: .make(), session: .make(), at: now)

    private func token(_ claims: Claims, type: String = "at+jwt") async throws -> String {
        let collection = JWTKeyCollection()
        let kid = JWKIdentifier(string: Self.keys.current.identifier)
        await collection.add(hmac: HMACKey(key: Self.keys.current.access), digestAlgorithm: .sha256, kid: kid)
        return try await collection.sign(claims, kid: kid, header: ["typ": .string(type)])
    }

    private func rejection(of token: String) async -> String? {
        do {
            _ = try await AccessTokens(keys: Self.keys).verify(token, at: Self.now)
            return nil
        } catch {
            return (error as? Problem)?.code.name ?? "\(error)"
        }
    }

    @Test func acceptsItsOwnTokens() async throws {
        #expect(await rejection(of: try await token(Self.claims)) == nil)
    }

    /// A service that has JWT_SECRET can verify tokens, and tell the expired from the forged.
    @Test func signsWithTheSecretItself() async throws {
        func signed(_ expiry: Int) -> String {
            let claims = Self.claims
            let text = [
                #"{"alg":"HS256","typ":"at+jwt","kid":"\#(Self.keys.current.identifier)"}"#,
                """
                {"iss":"parley","aud":"parley-api","sub":"\(claims.sub)","sid":"\(claims.sid)",\
                "iat":\(expiry - 900),"nbf":\(expiry - 900),"exp":\(expiry)}
                """,
            ].map { Base64URL.encode($0.utf8) }.joined(separator: ".")
            let key = SymmetricKey(data: Array(TestServer.secret.utf8))
            return "\(text).\(Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)))"
        }
        let now = Int(Self.now.milliseconds / 1_000)
        #expect(await rejection(of: signed(now + 600)) == nil)
        #expect(await rejection(of: signed(now - 1)) == "token-expired")
    }

    /// Tokens signed with the right key, but with another algorithm.
    @Test func refusesOtherAlgorithmsOfTheSameKey() async throws {
        let payload = try await token(Self.claims).split(separator: ".")[1]
        let key = Self.keys.current.access
        func signed<Hash: HashFunction>(_ algorithm: String, _ hash: Hash.Type) -> String {
            let fields = #"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"\#(Self.keys.current.identifier)"}"#
            let text = "\(Base64URL.encode(fields.utf8)).\(payload)"
            return "\(text).\(Base64URL.encode(HMAC<Hash>.authenticationCode(for: Array(text.utf8), using: key)))"
        }
        #expect(await rejection(of: signed("HS256", SHA256.self)) == nil)
        #expect(await rejection(of: signed("HS384", SHA384.self)) == "unauthenticated")
        #expect(await rejection(of: signed("HS512", SHA512.self)) == "unauthenticated")
        #expect(await rejection(of: signed("HS256", SHA512.self)) == "unauthenticated")
    }

    /// Returns a token of these texts, signed with the right key.
    private func signed(_ header: String, _ payload: String) -> String {
        let text = [header, payload].map { Base64URL.encode($0.utf8) }.joined(separator: ".")
        let key = Self.keys.current.access
        return "\(text).\(Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)))"
    }

    /// RFC 7515, 4.1.11: a token with an extension that is not understood must be refused.
    @Test(arguments: [
        (#""cty":"JWT""#, nil), (#""crit":["x"],"x":1"#, "unauthenticated"), (#""crit":[]"#, "unauthenticated"),
        (#""crit":["b64"],"b64":false"#, "unauthenticated"), (#""b64":false"#, "unauthenticated"),
        (#""zip":"DEF""#, "unauthenticated"),
    ])
    func refusesExtensionsOfTheHeader(field: String, expected: String?) async throws {
        let kid = Self.keys.current.identifier
        let now = Self.now.milliseconds / 1_000
        let claims = Self.claims
        let payload = """
            {"iss":"parley","aud":"parley-api","sub":"\(claims.sub)","sid":"\(claims.sid)",\
            "iat":\(now),"nbf":\(now),"exp":\(now + 900)}
            """
        let token = signed(#"{"alg":"HS256","typ":"at+jwt","kid":"\#(kid)",\#(field)}"#, payload)
        #expect(await rejection(of: token) == expected)
    }

    /// Numbers at the ends of their types, signed with the right key: none of them ends the process.
    @Test(arguments: [
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "9223372036854776", "253402300800",
        "1e400", "1e18", "-1", "0.5", "null", "\"1\"",
    ])
    func refusesTimesAtTheEndsOfTheirTypes(number: String) async throws {
        let kid = Self.keys.current.identifier
        let claims = Self.claims
        let now = "\(Self.now.milliseconds / 1_000)"
        for (nbf, exp) in [(now, number), (number, number), (number, now)] {
            let payload = """
                {"iss":"parley","aud":"parley-api","sub":"\(claims.sub)","sid":"\(claims.sid)",\
                "iat":\(number),"nbf":\(nbf),"exp":\(exp)}
                """
            let token = signed(#"{"alg":"HS256","typ":"at+jwt","kid":"\#(kid)"}"#, payload)
            #expect(["unauthenticated", "token-expired"].contains(await rejection(of: token)))
        }
    }

    @Test func refusesATokenWithoutSignature() async throws {
        let parts = try await token(Self.claims).split(separator: ".")
        let none = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".utf8)
        #expect(await rejection(of: "\(none).\(parts[1]).") == "unauthenticated")
        #expect(await rejection(of: "\(none).\(parts[1]).\(parts[2])") == "unauthenticated")
        #expect(await rejection(of: "\(parts[0]).\(parts[1]).") == "unauthenticated")
    }

    @Test func takesOneSpellingOfASignature() async throws {
        let token = try await token(Self.claims)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for last in letters where last != token.last {
            #expect(await rejection(of: "\(token.dropLast())\(last)") == "unauthenticated")
        }
        #expect(await rejection(of: token + "=") == "unauthenticated")
        #expect(await rejection(of: token + "A") == "unauthenticated")
    }

    @Test func refusesOtherClaims() async throws {
        var audience = Self.claims
        audience.aud = "another-api"
        var issuer = Self.claims
        issuer.iss = "another"
        var early = Self.claims
        early.nbf += 61
        var session = Self.claims
        session.sid = "none"
        for claims in [audience, issuer, early, session] {
            #expect(await rejection(of: try await token(claims)) == "unauthenticated")
        }
        #expect(await rejection(of: try await token(Self.claims, type: "JWT")) == "unauthenticated")
    }

    @Test func allowsClocksAMinuteOfDifference() async throws {
        var early = Self.claims
        early.nbf += 60
        #expect(await rejection(of: try await token(early)) == nil)
    }

    @Test func tellsWhenATokenHasExpired() async throws {
        var claims = Self.claims
        claims.exp = claims.iat
        #expect(await rejection(of: try await token(claims)) == "token-expired")
    }

    /// A token signed with the server's own key, but for another user's session.
    @Test func refusesASessionOfAnotherSubject() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let claims = Claims(
                subject: try #require(Identifier(bob.id)),
                session: try #require(Identifier(ada.session["sessionId"].string ?? "")), at: .now())
            let forged = try await token(claims)
            #expect(try await server.get("/users/me", token: forged).code == "unauthenticated")
        }
    }
}
