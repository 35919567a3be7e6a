import Logging
import NIOCore
import SpecCore
import Testing

/// The pieces of an operation, with which another transport runs it: it makes the input in its own way.
@Suite(.timeLimit(.minutes(10))) struct PieceTests {
    private struct Service: ABService {
        func headers(_ input: Headers.Input, _ context: Context) async throws -> Headers.Output {
            #expect(context.requestID == "frame 7")
            return .ok([nil, nil])
        }
    }

    @Test func runAnOperationWithoutARequest() async throws {
        let context = Context(
            operation: Headers.operation, requestID: "frame 7", caller: nil, address: "192.0.2.1", client: nil,
            logger: Logger(label: "test"))
        let output = try await Headers.handle(Service())(Headers.Input(), context)
        let response = Headers.encode(output)
        guard case .bytes(let json) = response.body else {
            Issue.record("\(response.body)")
            return
        }
        #expect(response.status == 200)
        #expect(String(buffer: json) == "[null,null]")
    }
}
