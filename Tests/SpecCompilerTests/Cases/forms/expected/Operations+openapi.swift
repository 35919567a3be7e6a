// Generated from the spec. Edit the spec instead.

internal import SpecCore

/// POST /pictures
///
/// Put a picture into the album
enum AddPicture {
    /// What the client sends.
    struct Input: Sendable {
        var idempotencyKey: String?
        var theme: AddPictureTheme?
        /// The body.
        var body: Form

        init(idempotencyKey: String? = nil, theme: AddPictureTheme? = nil, body: Form) {
            self.idempotencyKey = idempotencyKey
            self.theme = theme
            self.body = body
        }
    }

    /// The parts of the form; the file comes last.
    struct Form: Sendable {
        /// What it shows.
        var title: String
        var tags: [String]?
        var place: AddPictureFormPlace?
        var order: Int32
        /// The picture itself.
        var file: FilePart

        init(title: String, tags: [String]? = nil, place: AddPictureFormPlace? = nil, order: Int32 = 0, file: FilePart) {
            self.title = title
            self.tags = tags
            self.place = place
            self.order = order
            self.file = file
        }
    }

    /// The header fields of `created`.
    struct CreatedHeaders: Sendable {
        var location: String

        init(location: String) {
            self.location = location
        }

        var fields: HeaderFields {
            var fields = HeaderFields()
            fields.append("Location", location)
            return fields
        }
    }

    /// What the service answers.
    enum Output: Sendable {
        /// 201: It is there.
        case created(headers: CreatedHeaders)
    }

    /// The refusals that the spec declares.
    enum Problems {
        /// The first request is not answered yet.
        static let idempotencyRunning = ProblemCode(409, "idempotency-running")
        /// The key stands for another request.
        static let idempotencyMismatch = ProblemCode(422, "idempotency-mismatch")
    }

    /// What the server knows of it before the input is read.
    static let operation = Operation(
        id: "addPicture", method: .post, path: "/pictures",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-key"))])],
        consumes: ["multipart/form-data"],
        produces: [],
        bodyBytesMax: 1392640, isBodyRequired: true,
        limits: [RateLimit(name: "uploads", burst: 10, refillSeconds: 60, counts: .tries, stage: .head, key: [.caller])],
        headers: ["Idempotency-Key"],
        idempotency: Idempotency(keepSeconds: 86400, scope: .caller),
        problems: [Problems.idempotencyRunning, Problems.idempotencyMismatch])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PicturesService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return try await incoming.once(input.idempotencyKey, file: input.body.file) {
                answer(try await service.addPicture(input, incoming.context))
            }
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        var parameters = ParameterReader(incoming)
        let idempotencyKey = parameters.one(.header("Idempotency-Key")) { ParameterText.text($0, TextRule(minimum: 1, maximum: 128)) }
        let theme = parameters.one(.cookie("theme")) { ParameterText.choice($0, AddPictureTheme.self) }
        var violations = parameters.violations
        let body = try await readForm(incoming, &violations)
        guard violations.isEmpty, let body else { throw violations.problem }
        return Input(idempotencyKey: idempotencyKey, theme: theme, body: body)
    }

    private static func readForm(_ incoming: Incoming, _ violations: inout Violations) async throws -> Form? {
        let form = try await incoming.form(
            fields: ["title", "tags", "place", "order"], file: FileRule("file", minimum: 1, maximum: 1048576), &violations)
        guard let form else { return nil }
        let title = form.one("title", required: true, &violations) { ParameterText.text($0, TextRule(minimum: 1, maximum: 80)) }
        let tags = form.many("tags", ArrayRule(maximum: 5), &violations) { ParameterText.text($0) }
        let place = try form.json("place", &violations) { json throws(JSONFault) -> AddPictureFormPlace? in try AddPictureFormPlace.read(&json) }
        let order = form.one("order", &violations) { ParameterText.integer($0, NumberRule<Int32>()) } ?? 0
        let file = form.file
        form.requireFile("file", &violations)
        guard violations.isEmpty, let title, let file else { return nil }
        return Form(title: title, tags: tags, place: place, order: order, file: file)
    }

    private static func answer(_ output: Output) -> Answer {
        switch output {
        case .created(let headers):
            return Answer(201, fields: headers.fields)
        }
    }
}

/// GET /pictures/{pictureId}
enum GetPicture {
    /// What the client sends.
    struct Input: Sendable {
        var pictureId: Identifier
        var ifNoneMatch: String?

        init(pictureId: Identifier, ifNoneMatch: String? = nil) {
            self.pictureId = pictureId
            self.ifNoneMatch = ifNoneMatch
        }
    }

    /// The header fields of `ok`.
    struct OkHeaders: Sendable {
        var eTag: String

        init(eTag: String) {
            self.eTag = eTag
        }

        var fields: HeaderFields {
            var fields = HeaderFields()
            fields.append("ETag", eTag)
            return fields
        }
    }

    /// What the service answers.
    enum Output: Sendable {
        /// 200: The picture.
        case ok(Answer.Body, contentType: String, headers: OkHeaders)
        /// 304: The client has it.
        case notModified
    }

    /// What the server knows of it before the input is read.
    static let operation = Operation(
        id: "getPicture", method: .get, path: "/pictures/{pictureId}",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-key"))])],
        consumes: [],
        produces: ["image/*"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [RateLimit(name: "requests", burst: 600, refillSeconds: 6, counts: .tries, stage: .head, key: [.caller], fail: .open)],
        headers: ["If-None-Match"],
        problems: [])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PicturesService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.getPicture(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        var parameters = ParameterReader(incoming)
        let pictureId = parameters.one(.path(0, "pictureId"), required: true) { ParameterText.identifier($0) }
        let ifNoneMatch = parameters.one(.header("If-None-Match")) { ParameterText.text($0) }
        let violations = parameters.violations
        guard violations.isEmpty, let pictureId else { throw violations.problem }
        return Input(pictureId: pictureId, ifNoneMatch: ifNoneMatch)
    }

    private static func answer(_ output: Output) -> Answer {
        switch output {
        case .ok(let value, let contentType, let headers):
            return Answer(200, fields: headers.fields.adding("Content-Type", contentType), body: value)
        case .notModified:
            return Answer(304)
        }
    }
}

/// PUT /pictures/{pictureId}
enum NotePicture {
    /// What the client sends.
    struct Input: Sendable {
        var pictureId: Identifier
        /// The body.
        var body: Form?

        init(pictureId: Identifier, body: Form?) {
            self.pictureId = pictureId
            self.body = body
        }
    }

    /// The parts of the form.
    struct Form: Sendable {
        var note: String?

        init(note: String? = nil) {
            self.note = note
        }
    }

    /// What the service answers.
    enum Output: Sendable {
        /// 200: The note, in the type that suits it.
        case ok(Answer.Body, contentType: String)
    }

    /// What the server knows of it before the input is read.
    static let operation = Operation(
        id: "notePicture", method: .put, path: "/pictures/{pictureId}",
        security: [],
        consumes: ["multipart/form-data"],
        produces: ["text/plain", "text/html"],
        bodyBytesMax: 1048576, isBodyRequired: false,
        limits: [RateLimit(name: "requests", burst: 600, refillSeconds: 6, counts: .tries, stage: .head, key: [.caller], fail: .open)],
        problems: [])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some PicturesService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.notePicture(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        var parameters = ParameterReader(incoming)
        let pictureId = parameters.one(.path(0, "pictureId"), required: true) { ParameterText.identifier($0) }
        var violations = parameters.violations
        let body = try await readForm(incoming, &violations)
        guard violations.isEmpty, let pictureId else { throw violations.problem }
        return Input(pictureId: pictureId, body: body)
    }

    private static func readForm(_ incoming: Incoming, _ violations: inout Violations) async throws -> Form? {
        let form = try await incoming.form(
            fields: ["note"], file: nil, ignoresUnknown: true, &violations)
        guard let form else { return nil }
        let note = form.one("note", &violations) { ParameterText.text($0) }
        guard violations.isEmpty else { return nil }
        return Form(note: note)
    }

    private static func answer(_ output: Output) -> Answer {
        switch output {
        case .ok(let value, let contentType):
            return Answer(200, fields: HeaderFields().adding("Content-Type", contentType), body: value)
        }
    }
}
