// Generated from the spec. Edit the spec instead.

import SpecCore

/// POST /things
enum AddThing {
    /// The input of the operation.
    struct Input: Sendable {
        var idempotencyKey: String?

        init(idempotencyKey: String? = nil) {
            self.idempotencyKey = idempotencyKey
        }
    }

    /// The output of the operation.
    enum Output: Sendable {
        /// 201: D
        case created(Thing)
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "addThing", method: .post, path: "/things",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        headers: ["Idempotency-Key"],
        idempotency: Idempotency(keepSeconds: 60, scope: .addressPrefix),
        problems: [.idempotencyRunning, .idempotencyMismatch])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some ThingsService) -> Endpoint {
        Endpoint(
            operation, decode: decode, policyInput: policyInput(of:),
            handle: handle(service), encode: encode,
            reload: { try await service.reloadAddThing($0, $1) })
    }

    /// Calls the service.
    static func handle(
        _ service: some ThingsService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.addThing($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let idempotencyKey = parameters.one(.header("Idempotency-Key")) { ParameterText.text($0) }
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input(idempotencyKey: idempotencyKey)
    }

    /// The values that policies need.
    @Sendable static func policyInput(of input: Input) -> PolicyInput {
        PolicyInput(idempotencyKey: input.idempotencyKey)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .created(let value):
            return OperationResponse.json(201, value).from(subject: value.id, user: value.ownerId)
        }
    }
}

/// POST /owned
enum AddOwned {
    /// The input of the operation.
    struct Input: Sendable {
        var idempotencyKey: String?

        init(idempotencyKey: String? = nil) {
            self.idempotencyKey = idempotencyKey
        }
    }

    /// The output of the operation.
    enum Output: Sendable {
        /// 201: D
        case created(Thing)
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "addOwned", method: .post, path: "/owned",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        headers: ["Idempotency-Key"],
        idempotency: Idempotency(keepSeconds: 60, scope: .addressPrefix),
        problems: [.idempotencyRunning, .idempotencyMismatch])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some ThingsService) -> Endpoint {
        Endpoint(
            operation, decode: decode, policyInput: policyInput(of:),
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some ThingsService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.addOwned($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let idempotencyKey = parameters.one(.header("Idempotency-Key")) { ParameterText.text($0) }
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input(idempotencyKey: idempotencyKey)
    }

    /// The values that policies need.
    @Sendable static func policyInput(of input: Input) -> PolicyInput {
        PolicyInput(idempotencyKey: input.idempotencyKey)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .created(let value):
            return OperationResponse.json(201, value).from(user: value.ownerId)
        }
    }
}
