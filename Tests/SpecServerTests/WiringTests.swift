import Logging
import SpecCore
import SpecServer
import Testing

/// Mistakes in the wiring of a server, which prevent its start.
@Suite struct WiringTests {
    private struct Anonymous: Authenticator {
        func caller(with credential: Credential) async throws -> Caller { throw Problem(.unauthenticated) }
    }

    private struct Unused: IdempotencyStore {
        let renewEvery = Duration.seconds(30)

        func begin(_ key: IdempotencyKey, user: Identifier?, keepSeconds: Int) async throws -> IdempotencyState {
            .running
        }
        func renew(_ lease: IdempotencyLease) async throws -> Bool { true }
        func keep(_ response: StoredResponse, digest: [UInt8], for lease: IdempotencyLease) async throws {}
        func forget(_ lease: IdempotencyLease) async throws {}
        func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool { true }
    }

    private static let order = SpecCore.Operation(
        id: "order", method: .post, path: "/orders", idempotency: Idempotency(keepSeconds: 60, scope: .caller))
    private static let picture = SpecCore.Operation(id: "picture", method: .get, path: "/picture", signsURLs: true)

    private static func start(
        _ operation: SpecCore.Operation, _ change: (inout HTTPService.Configuration) throws -> Void = { _ in }
    ) throws {
        var configuration = HTTPService.Configuration(host: "127.0.0.1", port: 0)
        try change(&configuration)
        let endpoints = [
            Endpoint(SpecCore.Operation(id: "health", method: .get, path: "/health")) { _, _ in OperationResponse(204)
            },
            Endpoint(operation) { _, _ in OperationResponse(204) },
        ]
        _ = try HTTPService(
            configuration, endpoints: endpoints, pages: nil, authenticator: Anonymous(), limiter: nil,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onListening: { _ in })
    }

    @Test func namesTheOperationThatNeedsAnIdempotencyStore() throws {
        #expect(
            throws: ConfigurationError(
                "the operation 'order' has x-idempotency, which needs an idempotency store: "
                    + "set HTTPService.Configuration.idempotencyStore")
        ) { try Self.start(Self.order) }
        try Self.start(Self.order) { $0.idempotencyStore = Unused() }
    }

    @Test func namesTheOperationThatNeedsAURLSigner() throws {
        #expect(
            throws: ConfigurationError(
                "the operation 'picture' has x-signed, which needs a URL signer: "
                    + "set HTTPService.Configuration.urlSigner")
        ) { try Self.start(Self.picture) }
        try Self.start(Self.picture) {
            $0.urlSigner = try URLSigner(
                scheme: SecurityScheme("reference", .query("signature")),
                authenticator: HMACKeys(secrets: [Array(repeating: 7, count: 32)], purpose: "tests"),
                lifetimeSeconds: 600
            ) { Timestamp(milliseconds: 0) }
        }
    }
}
