import Logging
import NIOCore
import SpecCore
import TestSupport
import Testing

@testable import SpecServer

/// The requester for whom a service, and its store, work.
@Suite(.timeLimit(.minutes(10))) struct RequesterTests {
    private static func exchange(_ caller: Caller?, address: String) async throws -> String {
        let operation = Operation(
            id: "who", method: .get, path: "/who",
            security: caller == nil ? [] : [SecurityAlternative([SecurityScheme("bearer", .bearer)])],
            produces: ["text/plain"])
        let who = Endpoint(operation) { _, _ in
            async let inside = Requester.current
            return await OperationResponse(
                200, contentType: "text/plain", body: .bytes(ByteBuffer(string: "\(Requester.current) \(inside)")))
        }
        let dispatcher = try Dispatcher(
            endpoints: [who], pages: Pages([:]),
            policies: PolicyConfiguration(authenticator: Known(caller: caller), logger: .init(label: "test")))
        let fields = HeaderFields([HeaderField("authorization", "Bearer x")])
        let head = RequestHead(method: .get, target: "/who", fields: fields)
        let response = await dispatcher.respond(
            to: ServerRequest(head: head, address: address, body: RequestBody.none))
        guard case .bytes(let bytes) = response.content.body else { return "" }
        return String(buffer: bytes)
    }

    /// An authenticator that knows one caller, and looks them up on behalf of their address.
    private struct Known: Authenticator {
        let caller: Caller?

        func caller(with credential: Credential) async throws -> Caller {
            guard let caller, Requester.current == .address("192.0.2.1") else { throw Problem(.unauthenticated) }
            return caller
        }
    }

    @Test func isTheCaller() async throws {
        let id = Identifier(high: 1, low: 2)
        let caller = Caller(subject: id, session: id, scheme: "bearer")
        let expected = "\(Requester.user(id)) \(Requester.user(id))"
        #expect(try await Self.exchange(caller, address: "192.0.2.1") == expected)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:ff77::1", "2001:db8:1:ff77::/64"),
    ])
    func isTheAddressOfAnAnonymousClient(address: String, requester: String) async throws {
        let expected = Requester.address(requester)
        #expect(try await Self.exchange(nil, address: address) == "\(expected) \(expected)")
    }

    @Test func isTheServerOutsideOfRequests() {
        #expect(Requester.current == .server)
    }
}
