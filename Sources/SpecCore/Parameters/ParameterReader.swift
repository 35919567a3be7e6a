/// Reads the path, query, header and cookie parameters of one request and collects what breaks the schema.
///
/// Generated code asks for each parameter that the operation declares; a query parameter that it does not
/// declare, and one that comes twice without being a list, are violations.
public struct ParameterReader {
    /// How many query parameters a request can have; more are refused.
    public static let queryParametersMax = 256

    /// How much of a name is told back that the operation does not have.
    private static let shownCharactersMax = 80

    /// Where a parameter stands.
    public enum Source: Sendable {
        /// The capture at an index of the path template, and the parameter's name.
        case path(Int, StaticString)
        case query(StaticString)
        /// The name in lower case.
        case header(StaticString)
        case cookie(StaticString)

        var name: String {
            switch self {
            case .path(_, let name), .query(let name), .header(let name), .cookie(let name): "\(name)"
            }
        }
    }

    private let incoming: Incoming
    private var query: [(name: String, value: String)] = []
    public private(set) var violations = Violations()

    /// - Parameter declared: the names of the operation's query parameters.
    public init(_ incoming: Incoming, query declared: [StaticString] = []) {
        self.incoming = incoming
        guard let mark = incoming.head.target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return }
        readQuery(incoming.head.target.utf8[mark...].dropFirst(), declared)
    }

    private mutating func readQuery(_ text: Substring.UTF8View, _ declared: [StaticString]) {
        let pairs = text.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= ParameterReader.queryParametersMax else {
            return violations.add(
                .parameter(""), "max-items",
                "A request has at most \(ParameterReader.queryParametersMax) query parameters.")
        }
        for pair in pairs {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentCoding.decode(parts[0], plusIsSpace: true)
            guard let name, let value = parts.count == 1 ? "" : PercentCoding.decode(parts[1], plusIsSpace: true)
            else {
                let named = name ?? String(decoding: parts[0], as: UTF8.self)
                violations.add(
                    .parameter(ParameterReader.shown(named)), "encoding", "Expected percent-encoded UTF-8.")
                continue
            }
            take(name, value, declared)
        }
    }

    /// A name that a client made up, as far as it is told back.
    private static func shown(_ name: String) -> String {
        name.unicodeScalars.count <= shownCharactersMax
            ? name : String(String.UnicodeScalarView(name.unicodeScalars.prefix(shownCharactersMax - 1))) + "…"
    }

    private mutating func take(_ name: String, _ value: String, _ declared: [StaticString]) {
        guard declared.contains(where: { $0.equals(name) }) else {
            let shown = ParameterReader.shown(name)
            return violations.add(
                .parameter(shown), "unknown-parameter", "The operation has no parameter of this name.")
        }
        // Credentials are read by the server, which knows of no list.
        if incoming.context.operation.isCredential(name), query.contains(where: { $0.name == name }) {
            repeated(name)
        }
        query.append((name, value))
    }

    private mutating func repeated(_ name: String) {
        violations.add(.parameter(name), "repeated", "This parameter is no list; give it once.")
    }

    /// The texts of a parameter as they came, decoded.
    private mutating func texts(_ source: Source) -> [String] {
        switch source {
        case .path(let index, _): [captured(index, source)].compactMap { $0 }
        case .query(let name): query.filter { name.equals($0.name) }.map(\.value)
        case .header(let name): incoming.head.fields.values(of: name)
        case .cookie(let name): Cookies(incoming.head.fields).filter { name.equals($0.name) }.map(\.value)
        }
    }

    private mutating func captured(_ index: Int, _ source: Source) -> String? {
        let bytes = Substring(incoming.head.target).utf8
        let range = incoming.captures[index]
        let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        let slice = bytes[start..<bytes.index(start, offsetBy: range.count)]
        if let text = PercentCoding.decode(slice, plusIsSpace: false) { return text }
        violations.add(.parameter(source.name), "encoding", "Expected percent-encoded UTF-8.")
        return nil
    }
}

extension ParameterReader {
    /// Reads a parameter that comes at most once.
    /// - Returns: nil when it did not come, or broke the schema; then a violation was added.
    public mutating func one<Value>(
        _ source: Source, required: Bool = false, _ read: (String) -> Result<Value, Broken>
    ) -> Value? {
        let texts = texts(source)
        guard let text = texts.first else {
            if required { missing(source) }
            return nil
        }
        guard texts.count == 1 else {
            repeated(source.name)
            return nil
        }
        return value(read(text), source)
    }

    /// Reads a parameter that is a list: it is repeated in a query.
    public mutating func many<Value>(
        _ source: Source, required: Bool = false, _ rule: ArrayRule = ArrayRule(),
        _ read: (String) -> Result<Value, Broken>
    ) -> [Value]? {
        let texts = texts(source)
        guard !texts.isEmpty else {
            if required { missing(source) }
            return nil
        }
        check(rule, texts, source)
        return texts.compactMap { value(read($0), source) }
    }

    private mutating func missing(_ source: Source) {
        violations.add(.parameter(source.name), "required", "This parameter is required.")
    }

    private mutating func value<Value>(_ result: Result<Value, Broken>, _ source: Source) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let broken):
            violations.add(.parameter(source.name), broken.code, broken.detail)
            return nil
        }
    }

    private mutating func check(_ rule: ArrayRule, _ texts: [String], _ source: Source) {
        for broken in rule.broken(by: texts) {
            violations.add(.parameter(source.name), broken.code, broken.detail)
        }
    }
}

extension ArrayRule {
    /// What a list of values that came one by one breaks.
    func broken(by values: [some Hashable]) -> [Broken] {
        var found: [Broken] = []
        if values.count < minimum { found.append(Broken("min-items", "Expected at least \(minimum) values.")) }
        if let maximum, values.count > maximum {
            found.append(Broken("max-items", "Expected at most \(maximum) values."))
        }
        if isUnique, Set(values).count != values.count {
            found.append(Broken("unique-items", "Every value must come only once."))
        }
        return found
    }
}
