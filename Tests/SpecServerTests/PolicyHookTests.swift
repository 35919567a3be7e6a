import NIOConcurrencyHelpers
import SpecCore
import SpecServer
import TestSupport
import Testing

/// Policies of another package: the order of their hooks, and what each can do.
@Suite(.timeLimit(.minutes(10))) struct PolicyHookTests {
    private static let all: PolicyHooks = [
        .beforeCaller, .beforeBody, .aroundHandler, .beforeSending, .afterSending,
    ]

    private static func send(
        _ line: String, _ fields: String = "", policies: [any Policy], limits: [RateLimit] = []
    ) async throws -> String {
        let answer = NIOLockedValueBox("")
        try await EchoServer.run(limits: limits, policies: policies) { port in
            let request = "\(line) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(fields)\r\n"
            let bytes = try await RawConnection.exchange(port: port, sending: Array(request.utf8))
            answer.withLockedValue { $0 = bytes }
        }
        return answer.withLockedValue { $0 }
    }

    @Test func runsTheHooksInOrder() async throws {
        let notes = Notes()
        let policies = ["a", "b"].map { Noting(name: $0, notes: notes, hooks: Self.all) }
        let answer = try await Self.send("GET /later", policies: policies)
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        let expected = [
            "a beforeCaller later", "b beforeCaller later", "a beforeBody later", "b beforeBody later",
            "a aroundHandler later", "b aroundHandler later", "b handled 200", "a handled 200",
            "b beforeSending 200 -", "a beforeSending 200 -", "b afterSending 200", "a afterSending 200",
        ]
        #expect(notes.list == expected)
    }

    @Test func runsOnlyTheHooksThatAPolicyHas() async throws {
        let notes = Notes()
        _ = try await Self.send("GET /later", policies: [Noting(name: "a", notes: notes, hooks: .beforeBody)])
        #expect(notes.list == ["a beforeBody later"])
    }

    @Test func showsRequestsWithoutOperation() async throws {
        let notes = Notes()
        let policy = Noting(name: "a", notes: notes, hooks: Self.all)
        let answer = try await Self.send("GET /nowhere", policies: [policy])
        #expect(answer.hasPrefix("HTTP/1.1 404 "))
        let expected = [
            "a beforeCaller -", "a beforeBody -", "a beforeSending 404 not-found", "a afterSending 404",
        ]
        #expect(notes.list == expected)
    }

    @Test func showsWhatAuthenticationRejected() async throws {
        let notes = Notes()
        let policy = Noting(name: "a", notes: notes, hooks: Self.all)
        let answer = try await Self.send("GET /locked", policies: [policy])
        #expect(answer.hasPrefix("HTTP/1.1 401 "))
        let expected = ["a beforeCaller locked", "a beforeSending 401 unauthenticated", "a afterSending 401"]
        #expect(notes.list == expected)
    }

    @Test(arguments: [PolicyHooks.beforeCaller, .beforeBody, .aroundHandler])
    func endsARequestByAProblem(hook: PolicyHooks) async throws {
        let answer = try await Self.send("GET /later", policies: [Refusing(hook: hook)])
        #expect(answer.hasPrefix("HTTP/1.1 503 "))
        #expect(answer.contains("\r\nRetry-After: 7\r\n"))
        #expect(answer.contains("\"detail\":\"Closed.\""))
    }

    @Test func repliesInPlaceOfTheHandler() async throws {
        let answer = try await Self.send("GET /fail", policies: [Replacing()])
        #expect(answer.hasPrefix("HTTP/1.1 204 "))
    }

    @Test func addsFieldsToEveryResponse() async throws {
        for line in ["GET /later", "GET /nowhere", "GET /locked", "GET /fail"] {
            let answer = try await Self.send(line, policies: [Marking()])
            #expect(answer.contains("\r\nX-Mark: early\r\n"))
        }
    }

    // MARK: Challenges

    /// RFC 6750, 3: the error is only for a request with a token.
    @Test func saysInvalidTokenOnlyOfATokenThatWasSent() async throws {
        let missing = try await Self.send("GET /locked", policies: [])
        #expect(missing.contains("\r\nWWW-Authenticate: Bearer realm=\"api\"\r\n"))
        let rejected = try await Self.send("GET /locked", "Authorization: Bearer x\r\n", policies: [])
        #expect(rejected.contains("\r\nWWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"\r\n"))
        // It hangs on no sentence: this authenticator says the same as the server does without a token.
        let same = try await Self.send("GET /locked", "Authorization: Bearer same\r\n", policies: [])
        #expect(same.contains("\"detail\":\"Sign in first.\""))
        #expect(same.contains("\r\nWWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"\r\n"))
        let expired = try await Self.send("GET /locked", "Authorization: Bearer old\r\n", policies: [])
        #expect(expired.contains("error=\"invalid_token\", error_description=\"The access token has expired\"\r\n"))
    }
}

/// The hooks that ran.
private final class Notes: Sendable {
    private let state = NIOLockedValueBox([String]())
    var list: [String] { state.withLockedValue { $0 } }
    func add(_ note: String) { state.withLockedValue { $0.append(note) } }
}

/// A policy that notes its hooks and lets every request through.
private struct Noting: Policy {
    let name: String
    let notes: Notes
    let hooks: PolicyHooks

    func hooks(for operation: Operation?) -> PolicyHooks { hooks }

    private func note(_ hook: String, _ exchange: Exchange) {
        notes.add("\(name) \(hook) \(exchange.operation?.id ?? "-")")
    }

    func beforeCaller(_ exchange: inout Exchange) async throws { note("beforeCaller", exchange) }
    func beforeBody(_ exchange: inout Exchange) async throws { note("beforeBody", exchange) }

    func aroundHandler(
        _ exchange: inout Exchange, _ input: PolicyInput,
        _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse {
        note("aroundHandler", exchange)
        let response = try await next(&exchange)
        notes.add("\(name) handled \(response.status)")
        return response
    }

    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) async {
        notes.add("\(name) beforeSending \(response.status) \(exchange.problemCode?.name ?? "-")")
    }

    func afterSending(_ exchange: Exchange, _ delivery: Delivery) {
        notes.add("\(name) afterSending \(delivery.status)")
    }
}

/// A policy that ends every request in one of its hooks.
private struct Refusing: Policy {
    let hook: PolicyHooks
    private static let closed = Problem(.unavailable, "Closed.", retryAfterSeconds: 7)

    func hooks(for operation: Operation?) -> PolicyHooks { hook }
    func beforeCaller(_ exchange: inout Exchange) async throws { throw Self.closed }
    func beforeBody(_ exchange: inout Exchange) async throws { throw Self.closed }

    func aroundHandler(
        _ exchange: inout Exchange, _ input: PolicyInput,
        _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse { throw Self.closed }
}

/// A policy that replies without the handler.
private struct Replacing: Policy {
    func hooks(for operation: Operation?) -> PolicyHooks { .aroundHandler }

    func aroundHandler(
        _ exchange: inout Exchange, _ input: PolicyInput,
        _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse { OperationResponse(204) }
}

/// A policy that marks every response before it is known.
private struct Marking: Policy {
    func hooks(for operation: Operation?) -> PolicyHooks { .beforeCaller }
    func beforeCaller(_ exchange: inout Exchange) async throws { exchange.responseFields.append("X-Mark", "early") }
}
