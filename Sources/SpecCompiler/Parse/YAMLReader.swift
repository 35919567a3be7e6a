@preconcurrency import CYAML

/// Builds the tree of one YAML document from libyaml's events.
///
/// The events carry start and end marks, so every node knows its exact range. Depth and size are counted while
/// building, because libyaml bounds neither.
struct YAMLReader {
    let file: SourceFile
    let lines: LineTable
    let limits: ParseLimits

    var diagnostics: [Diagnostic] = []
    /// True if a finding left the tree incomplete, so that later stages cannot use it.
    var isSpoiled = false
    var anchors: [String: Anchor] = [:]
    var frames: [Frame] = []
    var root: Node?
    var documents = 0
    /// The last quoted text, and its range.
    private var quotation: Location?

    static func read(
        _ file: SourceFile, lines: LineTable, limits: ParseLimits
    ) throws(Diagnostic) -> SpecParser.Document {
        var reader = YAMLReader(file: file, lines: lines, limits: limits)
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else { fatalError("libyaml is out of memory") }
        defer { yaml_parser_delete(parser) }
        do throws(Diagnostic) {
            try reader.readEvents(parser)
        } catch {
            // The fatal error comes after the findings before it.
            return SpecParser.Document(root: nil, diagnostics: reader.diagnostics + [error])
        }
        return SpecParser.Document(root: reader.isSpoiled ? nil : reader.root, diagnostics: reader.diagnostics)
    }

    private mutating func readEvents(_ parser: UnsafeMutablePointer<yaml_parser_t>) throws(Diagnostic) {
        let bytes = file.bytes
        let skipped = file.byteOrderMarkLength
        let outcome: Result<Void, Diagnostic> = bytes.withUnsafeBufferPointer { buffer in
            // An empty file has no base address; libyaml needs one.
            var none: UInt8 = 0
            return withUnsafePointer(to: &none) { empty in
                let start = buffer.baseAddress.map { $0 + skipped } ?? empty
                yaml_parser_set_input_string(parser, start, buffer.count - skipped)
                yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
                return Result { () throws(Diagnostic) in try drain(parser) }
            }
        }
        try outcome.get()
    }

    private mutating func drain(_ parser: UnsafeMutablePointer<yaml_parser_t>) throws(Diagnostic) {
        var isOpen = true
        while isOpen {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else {
                throw YAMLProblem(parser: parser, file: file, lines: lines, behind: quotation).diagnostic
            }
            defer { yaml_event_delete(&event) }
            isOpen = event.type != YAML_STREAM_END_EVENT
            try take(&event)
            guard diagnostics.count < limits.findingsMax else {
                isSpoiled = true
                return
            }
        }
    }

    private mutating func take(_ event: inout yaml_event_t) throws(Diagnostic) {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: try beginDocument(event)
        case YAML_SCALAR_EVENT:
            let isQuoted = [YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE]
                .contains(event.data.scalar.style)
            quotation = isQuoted ? location(event) : nil
            try takeScalar(event)
        case YAML_ALIAS_EVENT: try takeAlias(event)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try open(
                isMapping: true, isFlow: start.style == YAML_FLOW_MAPPING_STYLE, anchor: start.anchor,
                tag: start.tag, event)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try open(
                isMapping: false, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, anchor: start.anchor,
                tag: start.tag, event)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: try close(event)
        default: break
        }
    }

    private mutating func beginDocument(_ event: yaml_event_t) throws(Diagnostic) {
        documents += 1
        guard documents > 1 else { return }
        throw Diagnostic(
            rule: "many-documents", "a second document begins here; a file of the spec can contain only one",
            at: location(event), help: "move it to a file of its own")
    }

    // MARK: Places

    func position(_ mark: yaml_mark_t) -> Position {
        lines.position(ofCharacter: mark.index)
    }

    func location(_ event: yaml_event_t) -> Location {
        Location(file: file, start: position(event.start_mark), end: position(event.end_mark))
    }
}
