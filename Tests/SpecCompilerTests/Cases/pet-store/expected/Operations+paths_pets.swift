// Generated from the spec. Edit the spec instead.

package import SpecCore

/// GET /pets
///
/// Look around
package enum ListPets {
    /// What the client sends.
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

    /// What the service answers.
    package enum Output: Sendable {
        /// 200: The animals.
        case ok([Pet], headers: OkHeaders)
    }

    /// What the server knows of it before the input is read.
    package static let operation = Operation(
        id: "listPets", method: .get, path: "/pets",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        problems: [])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.listPets(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        var parameters = ParameterReader(incoming, query: ["kinds", "limit"])
        let kinds = parameters.many(.query("kinds"), ArrayRule(maximum: 3, isUnique: true)) { ParameterText.choice($0, Kind.self) }
        let limit = parameters.one(.query("limit")) { ParameterText.integer($0, NumberRule<Int32>(minimum: 1, maximum: 50)) } ?? 20
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input(kinds: kinds, limit: limit)
    }

    private static func answer(_ output: Output) -> Answer {
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
    /// What the client sends.
    package struct Input: Sendable {
        /// The body.
        package var body: PetInput

        package init(body: PetInput) {
            self.body = body
        }
    }

    /// What the service answers.
    package enum Output: Sendable {
        /// 201: It lives here now.
        case created(Pet)
        /// 423: The shop is full; a body of its own, no problem.
        case locked(AddPetLocked)
    }

    /// The refusals that the spec declares.
    package enum Problems {
        /// There is one of this name.
        package static let nameTaken = ProblemCode(409, "name-taken")
    }

    /// What the server knows of it before the input is read.
    package static let operation = Operation(
        id: "addPet", method: .post, path: "/pets",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-shop-key"))])],
        consumes: ["application/json"],
        produces: ["application/json"],
        bodyBytesMax: 1048576, isBodyRequired: true,
        limits: [],
        problems: [Problems.nameTaken])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.addPet(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        let parameters = ParameterReader(incoming)
        var violations = parameters.violations
        let body = try await incoming.json(PetInput.self, &violations)
        guard violations.isEmpty, let body else { throw violations.problem }
        return Input(body: body)
    }

    private static func answer(_ output: Output) -> Answer {
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
    /// What the client sends.
    package struct Input: Sendable {
        package var petId: Int64

        package init(petId: Int64) {
            self.petId = petId
        }
    }

    /// What the service answers.
    package enum Output: Sendable {
        /// 200: The animal.
        case ok(Pet)
    }

    /// The refusals that the spec declares.
    package enum Problems {
        /// No such animal.
        package static let notFound = ProblemCode(404, "not-found")
    }

    /// What the server knows of it before the input is read.
    package static let operation = Operation(
        id: "getPet", method: .get, path: "/pets/{petId}",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        problems: [Problems.notFound])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.getPet(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        var parameters = ParameterReader(incoming)
        let petId = parameters.one(.path(0, "petId"), required: true) { ParameterText.integer($0, NumberRule<Int64>(minimum: 1)) }
        let violations = parameters.violations
        guard violations.isEmpty, let petId else { throw violations.problem }
        return Input(petId: petId)
    }

    private static func answer(_ output: Output) -> Answer {
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
    /// What the client sends.
    package struct Input: Sendable {
        package var petId: Int64
        /// The body.
        package var body: PetChange

        package init(petId: Int64, body: PetChange) {
            self.petId = petId
            self.body = body
        }
    }

    /// What the service answers.
    package enum Output: Sendable {
        /// 200: The animal as changed.
        case ok(Pet)
    }

    /// The refusals that the spec declares.
    package enum Problems {
        /// No such animal.
        package static let notFound = ProblemCode(404, "not-found")
    }

    /// What the server knows of it before the input is read.
    package static let operation = Operation(
        id: "changePet", method: .patch, path: "/pets/{petId}",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-shop-key"))])],
        consumes: ["application/json"],
        produces: ["application/json"],
        bodyBytesMax: 65536, isBodyRequired: true,
        limits: [],
        problems: [Problems.notFound])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.changePet(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        var parameters = ParameterReader(incoming)
        let petId = parameters.one(.path(0, "petId"), required: true) { ParameterText.integer($0, NumberRule<Int64>(minimum: 1)) }
        var violations = parameters.violations
        let body = try await incoming.json(PetChange.self, &violations)
        guard violations.isEmpty, let petId, let body else { throw violations.problem }
        return Input(petId: petId, body: body)
    }

    private static func answer(_ output: Output) -> Answer {
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
    /// What the client sends.
    package struct Input: Sendable {
        package var petId: Int64
        /// The body.
        package var body: any BodyStream

        package init(petId: Int64, body: any BodyStream) {
            self.petId = petId
            self.body = body
        }
    }

    /// What the service answers.
    package enum Output: Sendable {
        /// 204: It hangs on the wall.
        case noContent
    }

    /// What the server knows of it before the input is read.
    package static let operation = Operation(
        id: "putPhoto", method: .put, path: "/pets/{petId}/photo",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-shop-key"))])],
        consumes: ["image/png"],
        produces: [],
        bodyBytesMax: 65536, isBodyRequired: true,
        limits: [],
        problems: [])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PetsService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.putPhoto(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        var parameters = ParameterReader(incoming)
        let petId = parameters.one(.path(0, "petId"), required: true) { ParameterText.integer($0, NumberRule<Int64>(minimum: 1)) }
        let violations = parameters.violations
        guard violations.isEmpty, let petId else { throw violations.problem }
        return Input(petId: petId, body: incoming.body)
    }

    private static func answer(_ output: Output) -> Answer {
        switch output {
        case .noContent:
            return Answer(204)
        }
    }
}
