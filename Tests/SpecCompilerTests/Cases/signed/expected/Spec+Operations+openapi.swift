// Generated from the spec. Edit the spec instead.

import SpecCore

/// GET /files/{name}
enum GetFile {
    /// The input of the operation.
    struct Input: Sendable {
        var name: String

        init(name: String) {
            self.name = name
        }
    }

    /// The output of the operation.
    enum Output: Sendable {
        /// 200: The bytes.
        case ok(OperationResponse.Body)
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "getFile", method: .get, path: "/files/{name}",
        security: [
            SecurityAlternative([SecurityScheme("token", .bearer)]),
            SecurityAlternative([SecurityScheme("reference", .query("signature"))])
        ],
        consumes: [],
        produces: ["image/png"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some DefaultService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some DefaultService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.getFile($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request, query: ["signature"])
        let name = parameters.one(.path(0, "name"), required: true) { ParameterText.text($0, TextRule(maximum: 20)) }
        let violations = parameters.violations
        guard violations.isEmpty, let name else { throw violations.problem }
        return Input(name: name)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value):
            return OperationResponse(200, contentType: "image/png", body: value)
        }
    }
}

/// GET /files
enum ListFiles {
    /// The input of the operation.
    struct Input: Sendable {
        init() {
        }
    }

    /// The output of the operation.
    enum Output: Sendable {
        /// 200: The files.
        case ok([File])
        /// 202: They are being counted.
        case accepted(ListFilesAccepted)
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "listFiles", method: .get, path: "/files",
        security: [SecurityAlternative([SecurityScheme("token", .bearer)])],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        signsURLs: true,
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some DefaultService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some DefaultService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.listFiles($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        let parameters = ParameterReader(request)
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input()
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value):
            return .json(200) { json in
                json.beginArray()
                for item in value {
                    json.element()
                    item.write(to: &json)
                }
                json.endArray()
            }
        case .accepted(let value):
            return .json(202, value)
        }
    }
}

/// POST /login
enum Login {
    /// The input of the operation.
    struct Input: Sendable {
        init() {
        }
    }

    /// The output of the operation.
    enum Output: Sendable {
        /// 200: The token and the latest files.
        /// The references in it are signed for the viewer.
        case ok(LoginOk, viewer: Identifier?)
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "login", method: .post, path: "/login",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        signsURLs: true,
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some DefaultService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some DefaultService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.login($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        let parameters = ParameterReader(request)
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input()
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value, let viewer):
            return .json(200, value, viewer: viewer)
        }
    }
}
