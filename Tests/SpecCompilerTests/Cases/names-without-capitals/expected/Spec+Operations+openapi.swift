// Generated from the spec. Edit the spec instead.

import SpecCore

/// GET /a
enum 消息 {
    /// The input of the operation.
    struct Input: Sendable {
        /// The body.
        var body: _1st

        init(body: _1st) {
            self.body = body
        }
    }

    /// The output of the operation.
    enum Output: Sendable {
        /// 204: Nothing.
        case noContent
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "消息", method: .get, path: "/a",
        security: [],
        consumes: ["application/json"],
        produces: [],
        bodyBytesMax: 1048576, isBodyRequired: true,
        limits: [],
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some 消息Service) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some 消息Service
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.消息($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        let parameters = ParameterReader(request)
        var violations = parameters.violations
        let body = try await request.json(_1st.self, &violations)
        guard violations.isEmpty, let body else { throw violations.problem }
        return Input(body: body)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .noContent:
            return OperationResponse(204)
        }
    }
}
