import NIOCore

/// The parts of one form on their way from the body to whoever reads them.
actor FormSource {
    private let body: any BodyStream
    private let bytesMax: Int
    private let fieldBytesMax: Int
    /// Told what tells this form from another, where that matters.
    private let once: (any OnceGate)?
    private var reader: MultipartReader
    private var bytes = 0
    private var file: (rule: FileRule, bytes: Int)?
    /// Whether the final boundary came, and everything behind it.
    private(set) var isAtEnd = false

    init(
        _ body: any BodyStream, boundary: String, bytesMax: Int, bounds: MultipartBounds, once: (any OnceGate)?
    ) {
        self.body = body
        self.bytesMax = bytesMax
        self.once = once
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

    /// The head of the next part; nil after the last one, when the whole body was read.
    func part() async throws -> PartHead? {
        switch try await event() {
        case .part(let head):
            noteHead(head)
            return head
        case .end:
            while try await nextPiece() != nil {}
            isAtEnd = true
            return nil
        case .bytes, .partEnd: preconditionFailure("a part is read or skipped before the next one is asked for")
        }
    }

    /// Boundaries differ from try to try, so the parts are noted instead; lengths keep names and values apart.
    private func noteHead(_ head: PartHead) {
        guard let once else { return }
        for text in [head.name, head.fileName ?? "", head.contentType ?? ""] {
            once.note(ByteBuffer(string: "\(text.utf8.count):\(text)"))
        }
    }

    /// The bytes of the part that began; nil when there are too many.
    func field() async throws -> ByteBuffer? {
        var whole = ByteBuffer()
        while case .bytes(var piece) = try await event() {
            guard whole.readableBytes + piece.readableBytes <= fieldBytesMax else { return nil }
            whole.writeBuffer(&piece)
        }
        if let once {
            once.note(ByteBuffer(string: "\(whole.readableBytes):"))
            once.note(whole)
        }
        return whole
    }

    /// Reads past the part that began.
    func skip() async throws {
        while case .bytes = try await event() {}
    }

    // MARK: The file

    func begin(_ rule: FileRule) { file = (rule, 0) }

    /// The next bytes of the file; nil at its end, which is the end of the form.
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
        once?.note(piece)
        return piece
    }

    private func endFile(_ rule: FileRule, _ count: Int) async throws {
        var violations = Violations()
        if count < rule.minimum {
            violations.add(.pointer("/\(rule.name)"), "min-length", "Expected at least \(rule.minimum) bytes.")
        }
        while let head = try await part() {
            violations.add(.pointer("/\(head.name)"), "part-order", "No part follows the file.")
            try await skip()
        }
        if !violations.isEmpty { throw violations.problem }
    }
}
