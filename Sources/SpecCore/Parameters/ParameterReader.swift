/// Reads the path, query, header and cookie parameters of one request and collects the violations of the schema.
///
/// Generated code reads each parameter that the operation declares; an undeclared query parameter, and a repeated one
/// that is not a list, are violations.
public struct ParameterReader {
    /// The maximum number of query parameters; more are rejected.
    public static let queryParametersMax = 256

    /// The maximum number of characters of an unknown name that are repeated in a message.
    private static let shownCharactersMax = 80

    /// The location of a parameter.
    public enum Source: Sendable {
        /// The index of the capture in the path template, and the parameter's name.
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

    private let request: OperationRequest
    private var query: [(name: String, value: String)] = []
    public private(set) var violations = Violations()

    /// - Parameter declared: the names of the operation's query parameters.
    public init(_ request: OperationRequest, query declared: [StaticString] = []) {
        self.request = request
        guard let mark = request.head.target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return }
        readQuery(request.head.target.utf8[mark...].dropFirst(), declared)
    }

    private mutating func readQuery(_ text: Substring.UTF8View, _ declared: [StaticString]) {
        let pairs = text.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= ParameterReader.queryParametersMax else {
            return violations.add(
                .parameter(""), "max-items",
                "A request has at most \(ParameterReader.queryParametersMax) query parameters.")
        }
        for pair in pairs {
            let read = URLEncodedPair(pair)
            guard let name = read.name, let value = read.value else {
                violations.add(
                    .parameter(ParameterReader.shown(read.shownName)), "encoding", "Expected percent-encoded UTF-8.")
                continue
            }
            take(name, value, declared)
        }
    }

    /// A client's name for a parameter, shortened for messages.
    static func shown(_ name: String) -> String {
        name.unicodeScalars.count <= shownCharactersMax
            ? name : String(String.UnicodeScalarView(name.unicodeScalars.prefix(shownCharactersMax - 1))) + "…"
    }

    private mutating func take(_ name: String, _ value: String, _ declared: [StaticString]) {
        guard declared.contains(where: { $0.equals(name) }) else {
            let shown = ParameterReader.shown(name)
            return violations.add(
                .parameter(shown), "unknown-parameter", "The operation has no parameter of this name.")
        }
        // Credentials are read by the server and are not declared as parameters.
        if request.operation.isCredential(name), query.contains(where: { $0.name == name }) {
            repeated(name)
        }
        query.append((name, value))
    }

    private mutating func repeated(_ name: String) {
        violations.add(.parameter(name), "repeated", "This parameter is not a list; send it only once.")
    }

    /// The decoded texts of a parameter.
    private mutating func texts(_ source: Source) -> [String] {
        switch source {
        case .path(let index, _): [captured(index, source)].compactMap { $0 }
        case .query(let name): query.filter { name.equals($0.name) }.map(\.value)
        case .header(let name): request.head.fields.values(of: name)
        case .cookie(let name): Cookies(request.head.fields).filter { name.equals($0.name) }.map(\.value)
        }
    }

    private mutating func captured(_ index: Int, _ source: Source) -> String? {
        let bytes = Substring(request.head.target).utf8
        let range = request.captures[index]
        let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        let slice = bytes[start..<bytes.index(start, offsetBy: range.count)]
        if let text = PercentCoding.decode(slice, plusIsSpace: false) { return text }
        violations.add(.parameter(source.name), "encoding", "Expected percent-encoded UTF-8.")
        return nil
    }
}

extension ParameterReader {
    /// Reads a parameter that occurs at most once.
    /// - Returns: nil if it is missing, or breaks the schema; then a violation was added.
    public mutating func one<Value>(
        _ source: Source, required: Bool = false, _ read: (String) -> Result<Value, RuleFailure>
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
        _ read: (String) -> Result<Value, RuleFailure>
    ) -> [Value]? {
        let texts = texts(source)
        guard !texts.isEmpty else {
            if required { missing(source) }
            return nil
        }
        let values = texts.map { value(read($0), source) }
        let failures = rule.failures(
            count: texts.count, identities: zip(texts, values).map { ArrayRule.identity(of: $1, $0) })
        for failure in failures { violations.add(.parameter(source.name), failure.code, failure.detail) }
        return values.compactMap(\.self)
    }

    private mutating func missing(_ source: Source) {
        violations.add(.parameter(source.name), "required", "This parameter is required.")
    }

    private mutating func value<Value>(_ result: Result<Value, RuleFailure>, _ source: Source) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let failure):
            violations.add(.parameter(source.name), failure.code, failure.detail)
            return nil
        }
    }
}

extension ArrayRule {
    /// The bytes that equal values share: numbers by their value, everything else by its code points.
    static func identity(of value: (some Any)?, _ text: String) -> [UInt8] {
        if value is any FixedWidthInteger || value is Double, let number = ExactNumber(text) {
            return Array(number.description.utf8)
        }
        return Array(text.utf8)
    }

    /// The rules that a list breaks. The identities of its values are made only if they must be unique.
    func failures(count: Int, identities: @autoclosure () -> [[UInt8]]) -> [RuleFailure] {
        var found: [RuleFailure] = []
        if count < minimum { found.append(RuleFailure("min-items", "Expected at least \(minimum) values.")) }
        if let maximum, count > maximum {
            found.append(RuleFailure("max-items", "Expected at most \(maximum) values."))
        }
        if isUnique, Set(identities()).count != count {
            found.append(RuleFailure("unique-items", "The values must be unique."))
        }
        return found
    }
}
