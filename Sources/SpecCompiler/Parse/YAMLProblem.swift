@preconcurrency import CYAML

/// Translates an error of libyaml to a diagnostic, with a hint for the fix if it can be known.
struct YAMLProblem {
    private let problem: String
    private let file: SourceFile
    private let place: Position
    /// The start of the construct that could not be finished.
    private let beginning: Position
    /// The text before the problem, if its quotation may have closed too late.
    private var quotation: Location?

    /// - Parameter behind: the last text, if it is quoted.
    init(parser: UnsafePointer<yaml_parser_t>, file: SourceFile, lines: LineTable, behind: Location?) {
        problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        self.file = file
        place = Self.clamp(lines.position(ofCharacter: parser.pointee.problem_mark.index), in: file)
        let hasContext = parser.pointee.context != nil
        let context = hasContext ? parser.pointee.context_mark : parser.pointee.problem_mark
        beginning = Self.clamp(lines.position(ofCharacter: context.index), in: file)
        guard let behind, behind.end.line == place.line, behind.end <= place else { return }
        quotation = behind.start.line < behind.end.line ? behind : nil
    }

    /// Moves a position after the last text to the end of that text, so that there is a line to show.
    private static func clamp(_ position: Position, in file: SourceFile) -> Position {
        var line = min(position.line, file.lineStarts.count)
        guard file.lineBytes(line).isEmpty else { return position }
        while line > 1, file.lineBytes(line).allSatisfy({ $0 == UInt8(ascii: " ") }) { line -= 1 }
        guard line < position.line else { return position }
        return Position(line: line, column: file.lineBytes(line).count { $0 & 0xC0 != 0x80 } + 1)
    }

    var diagnostic: Diagnostic {
        commentedReference ?? structural ?? scalar ?? finding("this is not valid YAML: \(problem)")
    }

    // MARK: Structure

    private var structural: Diagnostic? {
        switch problem {
        case "found character that cannot start any token":
            return byte == UInt8(ascii: "\t") ? tab : strangeStart
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return tab
        case "mapping values are not allowed in this context":
            return finding(
                "a ':' is not allowed here",
                help: "check the indentation; quote a text that contains ': '")
        case "block sequence entries are not allowed in this context":
            return finding("a list item is not allowed here", help: "begin it on a line of its own, below its key")
        case "mapping keys are not allowed in this context":
            return finding("a '?' key is not allowed here", help: "write 'key: value'")
        case "could not find expected ':'":
            return finding("this is neither 'key: value' nor a list item", at: beginning)
        case "did not find expected key" where !startsLine:
            return finding("the value ends before this", help: "quote the whole value")
        case "did not find expected key":
            return finding(
                "this line does not fit the mapping it stands in", note: "the mapping begins here",
                help: "give all its keys the same indentation, and close every quotation")
        case "did not find expected '-' indicator":
            return finding(
                "this line does not fit the list it stands in", note: "the list begins here",
                help: "give all its items the same indentation")
        case "did not find expected ',' or ']'":
            return finding("a ',' or a ']' is expected here", note: "the list begins here")
        case "did not find expected ',' or '}'":
            return finding("a ',' or a '}' is expected here", note: "the mapping begins here")
        case "did not find expected node content":
            return finding("a value is expected here")
        case "did not find expected <document start>":
            return finding("nothing may follow the document's root value", help: "check the indentation")
        default:
            return nil
        }
    }

    /// A `$ref` in a mapping or a list in brackets whose pointer became a comment, and the bracket behind it too.
    private var commentedReference: Diagnostic? {
        guard problem.hasPrefix("did not find expected ','") || problem == "did not find expected node content" else {
            return nil
        }
        return (beginning.line...max(beginning.line, place.line)).lazy
            .compactMap { CommentedReference(line: $0, of: file) }.first?.diagnostic
    }

    private var tab: Diagnostic {
        finding("a tab cannot be used for indentation", help: "indent with spaces")
    }

    private var strangeStart: Diagnostic {
        let character = byte.map { String(Unicode.Scalar($0)) } ?? ""
        return finding("a value cannot begin with '\(character)'", help: "quote the value")
    }

    /// True if only spaces precede the position on its line.
    private var startsLine: Bool {
        place.column == 1
            || file.lineBytes(place.line).prefix(place.column - 1).allSatisfy { $0 == UInt8(ascii: " ") }
    }

    private var byte: UInt8? {
        let offset = file.byteOffset(of: place)
        return offset < file.bytes.count ? file.bytes[offset] : nil
    }

    // MARK: Scalars and directives

    private var scalar: Diagnostic? {
        switch problem {
        case "found unexpected end of stream", "found unexpected document indicator":
            return finding("the quoted text that begins here is not closed", at: beginning)
        case "found unknown escape character":
            return finding(
                "this escape sequence is not valid", help: "write a backslash as '\\\\', or use single quotes")
        case "did not find expected hexdecimal number":
            return finding("the escape needs hexadecimal digits: \\xHH, \\uHHHH or \\UHHHHHHHH")
        case "found invalid Unicode character escape code":
            return finding(
                "this escape sequence is not a valid character",
                help: "write a character above U+FFFF as \\UHHHHHHHH or as itself")
        case "did not find expected alphabetic or numeric character":
            return finding(
                "the name after '&' or '*' can only contain letters, digits, '-' and '_'",
                help: "quote a text that begins with '&' or '*'")
        case "found an indentation indicator equal to 0":
            return finding("the indentation of a block of text must be 1 to 9")
        case "did not find expected comment or line break":
            return finding("a block of text must begin on the line after '|' or '>'")
        case "found undefined tag handle", "did not find expected tag URI", "did not find the expected '>'",
            "did not find expected whitespace or line break", "did not find expected '!'":
            return finding("this tag cannot be read", help: "remove the tag; quote a text that begins with '!'")
        case "found unknown directive name", "could not find expected directive name":
            return finding("a line that begins with '%' is a directive, but this one is not supported")
        case "did not find expected version number", "found extremely long version number",
            "did not find expected digit or '.' character", "found duplicate %YAML directive":
            return finding("this %YAML line cannot be read", help: "remove it")
        case "found unexpected non-alphabetical character", "did not find expected whitespace",
            "found duplicate %TAG directive", "duplicate %TAG directive":
            return finding("this directive cannot be read", help: "remove the line")
        case "did not find URI escaped octet", "found an incorrect leading UTF-8 octet",
            "found an incorrect trailing UTF-8 octet":
            return finding("this tag cannot be read", help: "remove the tag; quote a text that begins with '!'")
        case "found unexpected ':'":
            return finding("a ':' is not allowed here", help: "quote a text that contains ':'")
        case "input is too long":
            return finding("the file is too long")
        case "found incompatible YAML document":
            return finding("the document is not YAML 1.1 or 1.2", help: "remove the %YAML line")
        default:
            return nil
        }
    }

    private func finding(
        _ message: String, at position: Position? = nil, note: String? = nil, help: String? = nil
    ) -> Diagnostic {
        let notes =
            quotation.map { [Diagnostic.Note("the quotation that ends on this line begins here", at: $0)] }
            ?? note.map { [Diagnostic.Note($0, at: location(beginning))] } ?? []
        return Diagnostic(
            rule: "yaml-syntax", message, at: location(position ?? place), notes: notes, help: help)
    }

    private func location(_ position: Position) -> Location {
        Location(file: file, start: position, end: Position(line: position.line, column: position.column + 1))
    }
}
