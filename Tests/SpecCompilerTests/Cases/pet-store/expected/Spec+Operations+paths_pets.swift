// Generated from the spec. Edit the spec instead.

#if hasFeature(InternalImportsByDefault)
package import SpecCore
#else
import SpecCore
#endif

/// GET /pets
///
/// Look around
package enum ListPets {
    /// The input of the operation.
    package struct Input: Sendable {
        /// Only animals of these kinds.
        package var kinds: [Kind]?
        package var limit: Int32

        package init(kinds: [Kind]? = nil, limit: Int32 = 20) {
            self.kinds = kinds
            self.limit = limit
        }
    }

    /// The header fields of `ok`.
    package struct OkHeaders: Sendable {
        /// How many there are in all.
        package var xTotal: Int64

        package init(xTotal: Int64) {
            self.xTotal = xTotal
        }

        var fields: HeaderFields {
            var fields = HeaderFields()
            fields.append("X-Total", "\(xTotal)")
            return fields
        }
    }

    /// The output of the operation.
    package enum Output: Sendable {
        /// 200: The animals.
        case ok([Pet], headers: OkHeaders)
    }

    /// Metadata of the operation.
    package static let operation = Operation(
        id: "listPets", method: .get, path: "/pets",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PetsService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.listPets($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request, query: ["kinds", "limit"])
        let kinds = parameters.many(
            .query("kinds"), ArrayRule(maximum: 3, isUnique: true)
        ) { ParameterText.choice($0, Kind.self) }
        let limit = parameters.one(.query("limit")) {
            ParameterText.integer($0, NumberRule<Int32>(minimum: 1, maximum: 50))
        } ?? 20
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input(kinds: kinds, limit: limit)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value, let headers):
            return .json(200, fields: headers.fields) { json in
                json.beginArray()
                for item in value {
                    json.element()
                    item.write(to: &json)
                }
                json.endArray()
            }
        }
    }
}

/// POST /pets
///
/// Take in an animal
package enum AddPet {
    /// The input of the operation.
    package struct Input: Sendable {
        /// The body.
        package var body: PetInput

        package init(body: PetInput) {
            self.body = body
        }
    }

    /// The output of the operation.
    package enum Output: Sendable {
        /// 201: It lives here now.
        case created(Pet)
        /// 423: The shop is full; a body of its own, no problem.
        case locked(AddPetLocked)
    }

    /// Metadata of the operation.
    package static let operation = Operation(
        id: "addPet", method: .post, path: "/pets",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-shop-key"))])],
        consumes: ["application/json"],
        produces: ["application/json"],
        bodyBytesMax: 1048576, isBodyRequired: true,
        limits: [],
        problems: [.nameTaken])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PetsService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.addPet($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        let parameters = ParameterReader(request)
        var violations = parameters.violations
        let body = try await request.json(PetInput.self, &violations)
        guard violations.isEmpty, let body else { throw violations.problem }
        return Input(body: body)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .created(let value):
            return .json(201, value)
        case .locked(let value):
            return .json(423, value)
        }
    }
}

/// GET /pets/{petId}
///
/// Look at one
package enum GetPet {
    /// The input of the operation.
    package struct Input: Sendable {
        package var petId: Int64

        package init(petId: Int64) {
            self.petId = petId
        }
    }

    /// The output of the operation.
    package enum Output: Sendable {
        /// 200: The animal.
        case ok(Pet)
    }

    /// Metadata of the operation.
    package static let operation = Operation(
        id: "getPet", method: .get, path: "/pets/{petId}",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        problems: [.notFound])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PetsService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.getPet($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let petId = parameters.one(.path(0, "petId"), required: true) {
            ParameterText.integer($0, NumberRule<Int64>(minimum: 1))
        }
        let violations = parameters.violations
        guard violations.isEmpty, let petId else { throw violations.problem }
        return Input(petId: petId)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value):
            return .json(200, value)
        }
    }
}

/// PATCH /pets/{petId}
///
/// Change what is known
package enum ChangePet {
    /// The input of the operation.
    package struct Input: Sendable {
        package var petId: Int64
        /// The body.
        package var body: PetChange

        package init(petId: Int64, body: PetChange) {
            self.petId = petId
            self.body = body
        }
    }

    /// The output of the operation.
    package enum Output: Sendable {
        /// 200: The animal as changed.
        case ok(Pet)
    }

    /// Metadata of the operation.
    package static let operation = Operation(
        id: "changePet", method: .patch, path: "/pets/{petId}",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-shop-key"))])],
        consumes: ["application/json"],
        produces: ["application/json"],
        bodyBytesMax: 65536, isBodyRequired: true,
        limits: [],
        problems: [.notFound])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PetsService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.changePet($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let petId = parameters.one(.path(0, "petId"), required: true) {
            ParameterText.integer($0, NumberRule<Int64>(minimum: 1))
        }
        var violations = parameters.violations
        let body = try await request.json(PetChange.self, &violations)
        guard violations.isEmpty, let petId, let body else { throw violations.problem }
        return Input(petId: petId, body: body)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value):
            return .json(200, value)
        }
    }
}

/// PUT /pets/{petId}/photo
///
/// Keep a picture
package enum PutPhoto {
    /// The input of the operation.
    package struct Input: Sendable {
        package var petId: Int64
        /// The body.
        package var body: any BodyStream

        package init(petId: Int64, body: any BodyStream) {
            self.petId = petId
            self.body = body
        }
    }

    /// The output of the operation.
    package enum Output: Sendable {
        /// 204: It hangs on the wall.
        case noContent
    }

    /// Metadata of the operation.
    package static let operation = Operation(
        id: "putPhoto", method: .put, path: "/pets/{petId}/photo",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-shop-key"))])],
        consumes: ["image/png"],
        produces: [],
        bodyBytesMax: 65536, isBodyRequired: true,
        limits: [],
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PetsService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.putPhoto($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let petId = parameters.one(.path(0, "petId"), required: true) {
            ParameterText.integer($0, NumberRule<Int64>(minimum: 1))
        }
        let violations = parameters.violations
        guard violations.isEmpty, let petId else { throw violations.problem }
        return Input(petId: petId, body: request.body)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .noContent:
            return OperationResponse(204)
        }
    }
}
