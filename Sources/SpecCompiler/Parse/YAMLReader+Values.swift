@preconcurrency import CYAML

extension YAMLReader {
    /// An anchored value; `node` is nil while it is being read.
    struct Anchor {
        let location: Location
        var value: Value?
    }

    /// A finished node with its size and height, aliases expanded.
    struct Value {
        let node: Node
        var count = 1
        var height = 0
    }

    // MARK: Scalars

    mutating func takeScalar(_ event: yaml_event_t) throws(Diagnostic) {
        let scalar = event.data.scalar
        let location = scalarLocation(event)
        guard scalar.length <= limits.scalarBytesMax else {
            throw Diagnostic(
                rule: "scalar-size",
                "this text has \(scalar.length) bytes; at most \(limits.scalarBytesMax) are allowed", at: location)
        }
        refuseTag(scalar.tag, at: location)
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        if expectsKey {
            return takeKey(bytes, isPlain: isPlain, at: location)
        }
        let value = isPlain ? CoreSchema.value(of: bytes) : .string(String(decoding: bytes, as: UTF8.self))
        if case .number(_, let text) = value, text.utf8.count > limits.numberBytesMax {
            throw Diagnostic(
                rule: "scalar-size",
                "this number has \(text.utf8.count) digits; at most \(limits.numberBytesMax) are allowed",
                at: location)
        }
        let finished = Value(node: Node(value, at: location))
        name(scalar.anchor, finished, at: location)
        try add(finished, end: location.end)
    }

    /// The end of a block scalar at its last line with text; libyaml's end mark includes the blank lines after it.
    private func scalarLocation(_ event: yaml_event_t) -> Location {
        let written = location(event)
        let style = event.data.scalar.style
        guard style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE else { return written }
        var line = written.end.column == 1 ? written.end.line - 1 : written.end.line
        while line > written.start.line, trimmedLength(line) == 0 { line -= 1 }
        let end = Position(line: line, column: trimmedLength(line) + 1)
        return Location(file: file, start: written.start, end: max(end, written.start))
    }

    /// The number of characters in a line without trailing white space.
    private func trimmedLength(_ line: Int) -> Int {
        var bytes = file.lineBytes(line)
        while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
            bytes = bytes.dropLast()
        }
        return bytes.count { $0 & 0xC0 != 0x80 }
    }

    // MARK: Aliases and anchors

    mutating func takeAlias(_ event: yaml_event_t) throws(Diagnostic) {
        let written = location(event)
        let name = String(cString: event.data.alias.anchor)
        if expectsKey {
            refuseKey("an alias", at: written)
            return
        }
        guard let anchor = anchors[name] else { return try refuseUnknown(name, at: written) }
        guard let value = anchor.value else {
            throw Diagnostic(
                rule: "alias-cycle", "the alias '*\(name)' is inside the value that it refers to", at: written,
                notes: [Diagnostic.Note("'&\(name)' begins here", at: anchor.location)],
                help: "use a $ref for a schema that contains itself")
        }
        try add(value, end: written.end, alias: written)
    }

    private mutating func refuseUnknown(_ name: String, at location: Location) throws(Diagnostic) {
        isSpoiled = true
        diagnostics.append(
            Diagnostic(
                rule: "unknown-anchor", "the anchor '&\(name)' is not defined before this alias", at: location,
                help: Suggestion.help(for: name, among: anchors.keys, prefix: "*")))
        try add(Value(node: Node(.null, at: location)), end: location.end)
    }

    /// Stores a value under the name of its anchor, if it has one.
    mutating func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?, _ value: Value?, at location: Location) {
        guard let anchor else { return }
        anchors[String(cString: anchor)] = Anchor(location: location, value: value)
    }

    mutating func refuseTag(_ tag: UnsafeMutablePointer<yaml_char_t>?, at location: Location) {
        guard let tag else { return }
        isSpoiled = true
        diagnostics.append(
            Diagnostic(
                rule: "tag",
                "the tag '\(String(cString: tag))' is not allowed: a value's type follows from how it is written",
                at: location, help: "remove the tag; quote the value to make it text"))
    }
}
