import NIOConcurrencyHelpers
import NIOCore
import SpecCore
import TestSupport
import Testing

/// Tests of logins while others keep the password hasher busy, with the limits on.
@Suite(.timeLimit(.minutes(10))) struct LoginUnderAttackTests {
    private static let password = "correct horse battery"

    private static func login(_ email: String, _ password: String = password) -> Request {
        Request("POST", "/auth/login", json: ["email": .string(email), "password": .string(password)])
    }

    /// Runs the attack, and a login from another network meanwhile.
    ///
    /// Counts the attack's passwords that are hashed before the login has its response, in place of the time: other
    /// tests keep the cores busy. In a queue for all they would be nearly all of them.
    /// - Parameter requests: the attack's requests, each with its client's address.
    private static func attack(_ server: TestServer, _ requests: [(Request, String)]) async throws {
        let port = server.port
        let hashed = NIOLockedValueBox(0)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for (request, address) in requests {
                group.addTask {
                    let status = try await Client.send(request, port: port, from: address).status
                    if status != 429 { hashed.withLockedValue { $0 += 1 } }
                    return status
                }
            }
            // Half of them are refused while those that wait are hashed.
            var refused = 0
            let wanted = requests.count / 2
            while refused < wanted, let status = try await group.next() { refused += status == 429 ? 1 : 0 }
            #expect(refused == wanted)
            let before = hashed.withLockedValue { $0 }
            #expect(try await Client.send(login("ada@example.org"), port: port).status == 200)
            #expect(hashed.withLockedValue { $0 } - before <= max(8, requests.count / 4))
            try await group.waitForAll()
        }
    }

    private static func unknown(_ count: Int, from addresses: [String]) -> [(Request, String)] {
        (0..<count).map { (login("nobody\($0)@example.org", "wrong"), addresses[$0 % addresses.count]) }
    }

    @Test(arguments: [["127.0.1.1"], ["127.0.1.1", "127.0.2.1", "127.0.3.1"]])
    func isNotDelayedByLoginsOfUnknownAddresses(from addresses: [String]) async throws {
        try await TestServer.run(limits: true, on: [.sqlite], passwordCost: 12) { server in
            _ = try await server.account("Ada")
            try await Self.attack(server, Self.unknown(90 * addresses.count, from: addresses))
        }
    }

    /// No response tells if passwords of clients that have gone are hashed, so this is timed: all of them take seconds.
    @Test func isNotDelayedByClientsThatHangUp() async throws {
        try await TestServer.run(limits: true, on: [.sqlite], passwordCost: 12) { server in
            _ = try await server.account("Ada")
            let port = server.port
            func seconds() async throws -> Double {
                let start = ContinuousClock.now
                #expect(try await Client.send(Self.login("ada@example.org"), port: port).status == 200)
                let passed = start.duration(to: .now).components
                return Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
            }
            let quiet = try await seconds()
            let attack = Self.unknown(90, from: (1...30).map { "127.0.\($0).1" })
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (request, address) in attack {
                    group.addTask {
                        try await HTTPConnection.open(port: port, from: address) { try await $0.write(request) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await seconds() <= 2 * quiet + 3)
        }
    }

    @Test func isNotDelayedByAccountsThatCheckTheirOwnPasswords() async throws {
        try await TestServer.run(limits: true, on: [.sqlite], passwordCost: 12) { server in
            _ = try await server.account("Ada")
            var requests: [(Request, String)] = []
            for number in 0..<29 {
                let account = try await server.account("User\(number)")
                let change: JSONValue = [
                    "currentPassword": .string(Self.password), "newPassword": .string("\(Self.password) staple"),
                ]
                requests.append((Request("PUT", "/users/me/password", token: account.token, json: change), "127.0.1.1"))
            }
            try await Self.attack(server, requests)
        }
    }

    /// The attacked account's owner comes from another network, which had fewer turns.
    @Test func isNotLockedOutByLoginsToTheSameAccount() async throws {
        try await TestServer.run(limits: true, on: [.sqlite], passwordCost: 12) { server in
            _ = try await server.account("Ada")
            let addresses = ["127.0.1.1", "127.0.2.1", "127.0.3.1"]
            let wrong = (0..<12).map { (Self.login("ada@example.org", "wrong"), addresses[$0 % 3]) }
            for (request, address) in wrong + wrong.prefix(6) {
                #expect(try await Client.send(request, port: server.port, from: address).status == 401)
            }
            try await Self.attack(server, wrong)
        }
    }

    @Test func countsRightPasswordsOfSignedInUsersToo() async throws {
        try await TestServer.run(limits: true) { server in
            let ada = try await server.account("Ada")
            var statuses: [Int] = []
            for number in 0..<11 {
                let change: JSONValue = [
                    "currentPassword": .string(number == 0 ? Self.password : "\(Self.password) \(number - 1)"),
                    "newPassword": .string("\(Self.password) \(number)"),
                ]
                let reply = try await server.post("/users/me/password", change, token: ada.token, method: "PUT")
                statuses.append(reply.status)
            }
            #expect(statuses == Array(repeating: 204, count: 10) + [429])
        }
    }
}
