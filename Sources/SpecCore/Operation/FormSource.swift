import NIOCore

/// The parts of a form, parsed from the body and shared by ``FormReader`` and ``FilePart``.
actor FormSource {
    private let body: any BodyStream
    private let bytesMax: Int
    private let fieldBytesMax: Int
    private let fingerprint: (any BodyFingerprint)?
    private var reader: MultipartReader
    private var bytes = 0
    private var file: (rule: FileRule, bytes: Int)?
    /// The length of the file as far as it is known: what is left of the declared body, or the maximum of its rule.
    private(set) var fileBytesMax: Int?
    /// True if the final boundary and everything after it was read.
    private(set) var isAtEnd = false

    init(
        _ body: any BodyStream, boundary: String, bytesMax: Int, bounds: MultipartBounds,
        fingerprint: (any BodyFingerprint)?
    ) {
        self.body = body
        self.bytesMax = bytesMax
        self.fingerprint = fingerprint
        fieldBytesMax = bounds.fieldBytesMax
        reader = MultipartReader(boundary: boundary, bounds: bounds)
    }

    /// The next event of the body.
    private func event() async throws -> MultipartReader.Event {
        while true {
            do {
                if let event = try reader.next() { return event }
                guard let piece = try await nextPiece() else {
                    try reader.finish()
                    return .end
                }
                reader.feed(piece)
            } catch let fault as MultipartFault {
                throw Problem(.malformed, fault.description)
            }
        }
    }

    private func nextPiece() async throws -> ByteBuffer? {
        guard let piece = try await body.next() else { return nil }
        bytes += piece.readableBytes
        guard bytes <= bytesMax else { throw Problem.bodyTooLong(bytesMax) }
        return piece
    }

    /// The head of the next part, or nil after the last one, when the whole body was read.
    func part() async throws -> PartHead? {
        switch try await event() {
        case .part(let head):
            addHead(head)
            return head
        case .end:
            while try await nextPiece() != nil {}
            isAtEnd = true
            return nil
        case .bytes, .partEnd: preconditionFailure("a part must be read or skipped before the next one is requested")
        }
    }

    /// Adds a part to the fingerprint. Boundaries differ between attempts, so the parts are used instead of the body;
    /// lengths separate names from values.
    private func addHead(_ head: PartHead) {
        guard let fingerprint else { return }
        for text in [head.name, head.fileName ?? "", head.contentType ?? ""] {
            fingerprint.add(ByteBuffer(string: "\(text.utf8.count):\(text)"))
        }
    }

    /// The bytes of the current part, or nil if there are too many.
    func field() async throws -> ByteBuffer? {
        var whole = ByteBuffer()
        while case .bytes(var piece) = try await event() {
            guard whole.readableBytes + piece.readableBytes <= fieldBytesMax else { return nil }
            whole.writeBuffer(&piece)
        }
        if let fingerprint {
            fingerprint.add(ByteBuffer(string: "\(whole.readableBytes):"))
            fingerprint.add(whole)
        }
        return whole
    }

    /// Skips the current part.
    func skip() async throws {
        while case .bytes = try await event() {}
    }

    // MARK: File

    func begin(_ rule: FileRule) {
        file = (rule, 0)
        let declared = body.declaredLength.map { max(0, $0 - (bytes - reader.unreadBytes) - reader.frameBytes) }
        fileBytesMax = [declared, rule.maximum].compactMap { $0 }.min()
    }

    /// The next bytes of the file, or nil at its end, which is the end of the form.
    func fileBytes() async throws -> ByteBuffer? {
        guard let (rule, count) = file, !isAtEnd else { return nil }
        guard case .bytes(let piece) = try await event() else {
            try await endFile(rule, count)
            return nil
        }
        file = (rule, count + piece.readableBytes)
        if let maximum = rule.maximum, count + piece.readableBytes > maximum {
            throw Problem(.contentTooLarge, "The part '\(rule.name)' has at most \(maximum) bytes.")
        }
        fingerprint?.add(piece)
        return piece
    }

    private func endFile(_ rule: FileRule, _ count: Int) async throws {
        var violations = Violations()
        if count < rule.minimum {
            violations.add(.pointer("/\(rule.name)"), "min-length", "Expected at least \(rule.minimum) bytes.")
        }
        while let head = try await part() {
            violations.add(.pointer("/\(head.name)"), "part-order", "The file must be the last part.")
            try await skip()
        }
        if !violations.isEmpty { throw violations.problem }
    }
}
