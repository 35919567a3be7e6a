/// A token of SQL with its place in the file.
struct SQLToken: Equatable {
    enum Kind: Equatable {
        /// White space or the end of a line.
        case space
        case comment
        /// A text literal, or a part of one that spans lines.
        case literal
        /// A name in quotes, or a part of one.
        case quoted
        case word, number
        /// `:name`; the text is without the colon.
        case placeholder
        /// An engine's own placeholder, such as `?1` or `$1`.
        case ownPlaceholder
        case semicolon
        /// An operator or any other character.
        case sign
    }

    let kind: Kind
    let text: String
    /// The line in the file, counted from 1.
    let line: Int
    /// The column in characters (Unicode scalars), counted from 1.
    let column: Int

    /// The token as written.
    var written: String { kind == .placeholder ? ":" + text : text }

    /// True for white space and comments.
    var isBlank: Bool { kind == .space || kind == .comment }

    /// True if it is that word, in any case.
    func isWord(_ word: String) -> Bool {
        kind == .word && text.utf8.count == word.utf8.count && text.lowercased() == word
    }
}

/// The literal, name or comment that is open at the end of a line.
enum SQLOpening: Equatable {
    /// `'…'`; with escapes if it began as `E'…'`.
    case literal(hasEscapes: Bool)
    /// A quoted name, with its closing character.
    case quoted(Unicode.Scalar)
    /// `/* */`; they nest on PostgreSQL.
    case comment(depth: Int)
    /// `$tag$…$tag$`, with the whole delimiter.
    case dollar([Unicode.Scalar])
}

/// Splits SQL into tokens, line by line. Any text has tokens; one that is never closed leaves ``opening``.
struct SQLScanner {
    private let engine: SQLEngine
    /// The text, name or comment that is open at the end of the last line; nil if none is.
    private(set) var opening: SQLOpening?
    /// The line and column where it began.
    private(set) var openedAt = (line: 0, column: 0)

    private var scalars: [Unicode.Scalar] = []
    private var next = 0
    private var line = 0
    private var tokens: [SQLToken] = []

    init(_ engine: SQLEngine) {
        self.engine = engine
    }

    /// The tokens of a line, without its end.
    mutating func scan(_ text: String, line: Int) -> [SQLToken] {
        scalars = Array(text.unicodeScalars)
        (next, self.line, tokens) = (0, line, [])
        while next < scalars.count { scanToken() }
        return tokens
    }

    private func scalar(_ distance: Int = 0) -> Unicode.Scalar? {
        next + distance < scalars.count ? scalars[next + distance] : nil
    }

    private mutating func add(_ kind: SQLToken.Kind, from start: Int, dropping count: Int = 0) {
        let text = Self.text(of: scalars[start + count..<next])
        tokens.append(SQLToken(kind: kind, text: text, line: line, column: start + 1))
    }

    private static func text(of scalars: ArraySlice<Unicode.Scalar>) -> String {
        // SQL is ASCII nearly everywhere, whose bytes need no encoding.
        guard scalars.allSatisfy(\.isASCII) else { return String(String.UnicodeScalarView(scalars)) }
        return String(unsafeUninitializedCapacity: scalars.count) { bytes in
            for (place, scalar) in zip(bytes.indices, scalars) {
                bytes.initializeElement(at: place, to: UInt8(truncatingIfNeeded: scalar.value))
            }
            return scalars.count
        }
    }

    private mutating func scanToken() {
        if let opening { return continueOpening(opening) }
        let start = next
        guard let first = scalar() else { return }
        switch first {
        case " ", "\t", "\r", "\u{B}", "\u{C}":
            skip { $0.properties.isWhitespace }
            add(.space, from: start)
        case "-" where scalar(1) == "-":
            next = scalars.count
            add(.comment, from: start)
        case "/" where scalar(1) == "*": open(.comment(depth: 1), length: 2, .comment)
        case "'": open(.literal(hasEscapes: false), length: 1, .literal)
        case "E" where isEscapeLiteral, "e" where isEscapeLiteral:
            open(.literal(hasEscapes: true), length: 2, .literal)
        case "\"": open(.quoted("\""), length: 1, .quoted)
        case "`" where engine == .sqlite: open(.quoted("`"), length: 1, .quoted)
        case "[" where engine == .sqlite: open(.quoted("]"), length: 1, .quoted)
        case "$" where engine == .postgres: scanDollar()
        case ":": scanColon()
        case _ where isOwnPlaceholder(first): scanOwnPlaceholder()
        case _ where Self.isWordStart(first):
            skip(Self.isWordPart)
            add(.word, from: start)
        case "0"..."9":
            skip { Self.isWordPart($0) || $0 == "." }
            add(.number, from: start)
        default:
            next += 1
            add(first == ";" ? .semicolon : .sign, from: start)
        }
    }

    private mutating func skip(_ isPart: (Unicode.Scalar) -> Bool) {
        while let scalar = scalar(), isPart(scalar) { next += 1 }
    }

    // MARK: Placeholders

    private mutating func scanColon() {
        let start = next
        guard let first = scalar(1), Self.isWordStart(first) else {
            next += scalar(1) == ":" ? 2 : 1
            return add(.sign, from: start)
        }
        next += 1
        skip(Self.isNamePart)
        add(.placeholder, from: start, dropping: 1)
    }

    /// `?`, `@name`, `$name` on SQLite; `$1` on PostgreSQL is found by ``scanDollar()``.
    private func isOwnPlaceholder(_ first: Unicode.Scalar) -> Bool {
        engine == .sqlite && ["?", "@", "$"].contains(first)
    }

    private mutating func scanOwnPlaceholder() {
        let start = next
        next += 1
        skip(Self.isNamePart)
        add(.ownPlaceholder, from: start)
    }

    private var isEscapeLiteral: Bool { engine == .postgres && scalar(1) == "'" }

    static func isWordStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.value >= 0x80 || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        isWordStart(scalar) || ("0"..."9").contains(scalar)
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool { isNamePart(scalar) || scalar == "$" }

    // MARK: Literals, quoted names and comments

    private mutating func open(_ opening: SQLOpening, length: Int, _ kind: SQLToken.Kind) {
        openedAt = (line, next + 1)
        self.opening = opening
        let start = next
        next += length
        read(opening, kind, from: start)
    }

    private mutating func continueOpening(_ opening: SQLOpening) {
        switch opening {
        case .literal, .dollar: read(opening, .literal, from: next)
        case .quoted: read(opening, .quoted, from: next)
        case .comment: read(opening, .comment, from: next)
        }
    }

    /// Reads to the end of what is open, or of the line.
    private mutating func read(_ opening: SQLOpening, _ kind: SQLToken.Kind, from start: Int) {
        switch opening {
        case .literal(let hasEscapes): close("'", hasEscapes: hasEscapes)
        case .quoted(let end): close(end, hasEscapes: false)
        case .comment(let depth): closeComment(depth)
        case .dollar(let tag): closeDollar(tag)
        }
        add(kind, from: start)
    }

    /// A doubled closing character is part of the text.
    private mutating func close(_ end: Unicode.Scalar, hasEscapes: Bool) {
        while let scalar = scalar() {
            next += 1
            if hasEscapes, scalar == "\\" {
                next = min(next + 1, scalars.count)
            } else if scalar == end {
                guard self.scalar() == end, end != "]" else {
                    opening = nil
                    return
                }
                next += 1
            }
        }
    }

    private mutating func closeComment(_ depth: Int) {
        var depth = depth
        while let scalar = scalar() {
            next += 1
            if scalar == "*", self.scalar() == "/" {
                next += 1
                depth -= 1
                if depth == 0 {
                    opening = nil
                    return
                }
            } else if engine == .postgres, scalar == "/", self.scalar() == "*" {
                next += 1
                depth += 1
            }
        }
        opening = .comment(depth: depth)
    }

    private mutating func scanDollar() {
        let start = next
        var end = next + 1
        while end < scalars.count, Self.isNamePart(scalars[end]) { end += 1 }
        let tag = Array(scalars[start..<end])
        let isNumber = tag.dropFirst().first.map { ("0"..."9").contains($0) } ?? false
        if !isNumber, end < scalars.count, scalars[end] == "$" {
            return open(.dollar(tag + ["$"]), length: tag.count + 1, .literal)
        }
        next = end
        add(isNumber ? .ownPlaceholder : .sign, from: start)
    }

    private mutating func closeDollar(_ tag: [Unicode.Scalar]) {
        while next < scalars.count {
            if scalars[next...].starts(with: tag) {
                next += tag.count
                opening = nil
                return
            }
            next += 1
        }
    }
}
