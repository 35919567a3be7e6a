import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// A user with the second factor enabled, and their authenticator.
struct Enrolled: Sendable {
    let account: TestServer.Account
    let recoveryCodes: [String]
    private var server: TestServer
    private let secret: [UInt8]
    private let clock: TestClock

    init(_ server: TestServer, _ name: String, _ clock: TestClock) async throws {
        self.server = server
        self.clock = clock
        account = try await server.provedAccount(name)
        let started = try await server.post(
            "/users/me/two-factor", ["password": "correct horse battery"], token: account.token)
        try #require(started.status == 201)
        secret = Self.bytes(ofBase32: started.json["secret"].string ?? "")
        let code = TOTP.code(secret: secret, step: TOTP.step(at: clock.now))
        let confirmed = try await server.post(
            "/users/me/two-factor/confirm", ["code": .string(code)], token: account.token)
        try #require(confirmed.status == 200)
        recoveryCodes = confirmed.json["recoveryCodes"].items.compactMap(\.string)
    }

    /// Returns the same user at another run of the server.
    func moved(to server: TestServer) -> Enrolled {
        var moved = self
        moved.server = server
        return moved
    }

    func code(stepsAhead: Int64) -> String {
        TOTP.code(secret: secret, step: TOTP.step(at: clock.now) + stepsAhead)
    }

    /// Returns an unused code, by advancing the time of the authenticator.
    func nextCode() -> String {
        clock.advance(seconds: TOTP.stepSeconds)
        return code(stepsAhead: 0)
    }

    func redeem(_ challenge: Reply, _ code: String) async throws -> Reply {
        try await server.post(
            "/auth/two-factor", ["challengeToken": challenge.json["challengeToken"], "code": .string(code)])
    }

    /// Requests a password reset and returns the token from the mail.
    func resetToken() async throws -> String {
        try #require(try await server.post("/auth/password/forgot", ["email": .string(account.email)]).status == 202)
        return try await Mailbox(server.folder).token("Your token to reset the password", to: account.email)
    }

    static func bytes(ofBase32 text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let bits = text.compactMap { alphabet.firstIndex(of: $0) }.flatMap { value in
            (0..<5).map { UInt8(value >> (4 - $0) & 1) }
        }
        return stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
        }
    }
}
