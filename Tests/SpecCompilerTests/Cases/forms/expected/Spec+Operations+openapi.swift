// Generated from the spec. Edit the spec instead.

import SpecCore

/// POST /pictures
///
/// Put a picture into the album
enum AddPicture {
    /// The input of the operation.
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
        /// The subject of the picture.
        var title: String
        var tags: [String]?
        var place: AddPictureFormPlace?
        var order: Int32
        /// The picture itself.
        var file: FilePart

        init(
            title: String, tags: [String]? = nil, place: AddPictureFormPlace? = nil, order: Int32 = 0, file: FilePart
        ) {
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

    /// The output of the operation.
    enum Output: Sendable {
        /// 201: It is there.
        case created(headers: CreatedHeaders)
    }

    /// The rate limits of the operation.
    enum Limits {
        static let uploads = RateLimit(
            name: "uploads", burst: 10, refillSeconds: 60, counts: .tries, stage: .head, key: [.caller]
        )
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "addPicture", method: .post, path: "/pictures",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-key"))])],
        consumes: ["multipart/form-data"],
        produces: [],
        bodyBytesMax: 1392640, isBodyRequired: true,
        limits: [Limits.uploads],
        headers: ["Idempotency-Key"],
        idempotency: Idempotency(keepSeconds: 86400, scope: .caller),
        problems: [.idempotencyRunning, .idempotencyMismatch])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PicturesService) -> Endpoint {
        Endpoint(
            operation, decode: decode, policyInput: policyInput(of:),
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PicturesService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.addPicture($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let idempotencyKey = parameters.one(.header("Idempotency-Key")) {
            ParameterText.text($0, TextRule(minimum: 1, maximum: 128))
        }
        let theme = parameters.one(.cookie("theme")) { ParameterText.choice($0, AddPictureTheme.self) }
        var violations = parameters.violations
        let body = try await decodeForm(request, &violations)
        guard violations.isEmpty, let body else { throw violations.problem }
        return Input(idempotencyKey: idempotencyKey, theme: theme, body: body)
    }

    private static func decodeForm(_ request: OperationRequest, _ violations: inout Violations) async throws -> Form? {
        let form = try await request.form(
            fields: ["title", "tags", "place", "order"], file: FileRule(
                "file", minimum: 1, maximum: 1048576
            ), &violations)
        guard let form else { return nil }
        let title = form.one("title", required: true, &violations) {
            ParameterText.text($0, TextRule(minimum: 1, maximum: 80))
        }
        let tags = form.many("tags", rule: ArrayRule(maximum: 5), &violations) { ParameterText.text($0) }
        let place = try form.json("place", &violations) { json throws(JSONFault) -> AddPictureFormPlace? in
            try AddPictureFormPlace.read(&json)
        }
        let order = form.one("order", &violations) { ParameterText.integer($0, NumberRule<Int32>()) } ?? 0
        let file = form.file
        form.requireFile("file", &violations)
        guard violations.isEmpty, let title, let file else { return nil }
        return Form(title: title, tags: tags, place: place, order: order, file: file)
    }

    /// The values that policies need.
    @Sendable static func policyInput(of input: Input) -> PolicyInput {
        PolicyInput(idempotencyKey: input.idempotencyKey, file: input.body.file)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .created(let headers):
            return OperationResponse(201, fields: headers.fields)
        }
    }
}

/// GET /pictures/{pictureId}
enum GetPicture {
    /// The input of the operation.
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

    /// The output of the operation.
    enum Output: Sendable {
        /// 200: The picture.
        case ok(OperationResponse.Body, contentType: String, headers: OkHeaders)
        /// 304: The client has it.
        case notModified
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "getPicture", method: .get, path: "/pictures/{pictureId}",
        security: [SecurityAlternative([SecurityScheme("key", .header("x-key"))])],
        consumes: [],
        produces: ["image/*"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [
            RateLimit(
                name: "requests", burst: 600, refillSeconds: 6, counts: .tries, stage: .head, key: [.caller],
                fail: .open
            )
        ],
        headers: ["If-None-Match"],
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PicturesService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PicturesService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.getPicture($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let pictureId = parameters.one(.path(0, "pictureId"), required: true) { ParameterText.identifier($0) }
        let ifNoneMatch = parameters.one(.header("If-None-Match")) { ParameterText.text($0) }
        let violations = parameters.violations
        guard violations.isEmpty, let pictureId else { throw violations.problem }
        return Input(pictureId: pictureId, ifNoneMatch: ifNoneMatch)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value, let contentType, let headers):
            return OperationResponse(200, fields: headers.fields.adding("Content-Type", contentType), body: value)
        case .notModified:
            return OperationResponse(304)
        }
    }
}

/// PUT /pictures/{pictureId}
enum NotePicture {
    /// The input of the operation.
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

    /// The output of the operation.
    enum Output: Sendable {
        /// 200: The note, in the type that suits it.
        case ok(OperationResponse.Body, contentType: String)
    }

    /// Metadata of the operation.
    static let operation = Operation(
        id: "notePicture", method: .put, path: "/pictures/{pictureId}",
        security: [],
        consumes: ["multipart/form-data"],
        produces: ["text/plain", "text/html"],
        bodyBytesMax: 1048576, isBodyRequired: false,
        limits: [
            RateLimit(
                name: "requests", burst: 600, refillSeconds: 6, counts: .tries, stage: .head, key: [.caller],
                fail: .open
            )
        ],
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some PicturesService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some PicturesService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.notePicture($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        var parameters = ParameterReader(request)
        let pictureId = parameters.one(.path(0, "pictureId"), required: true) { ParameterText.identifier($0) }
        var violations = parameters.violations
        let body = try await decodeForm(request, &violations)
        guard violations.isEmpty, let pictureId else { throw violations.problem }
        return Input(pictureId: pictureId, body: body)
    }

    private static func decodeForm(_ request: OperationRequest, _ violations: inout Violations) async throws -> Form? {
        let form = try await request.form(
            fields: ["note"], file: nil, ignoresUnknown: true, &violations)
        guard let form else { return nil }
        let note = form.one("note", &violations) { ParameterText.text($0) }
        guard violations.isEmpty else { return nil }
        return Form(note: note)
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
        switch output {
        case .ok(let value, let contentType):
            return OperationResponse(200, fields: HeaderFields().adding("Content-Type", contentType), body: value)
        }
    }
}
