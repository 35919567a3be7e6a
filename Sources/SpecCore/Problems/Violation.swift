/// One rule of the published schema that a request broke.
public struct Violation: Sendable, Equatable {
    /// Where the value stands in the request.
    public enum Place: Sendable, Equatable {
        /// RFC 6901, without `#`: a would-be path for a member that is missing.
        case pointer(String)
        /// The name of a path, query or header parameter.
        case parameter(String)
    }

    public let place: Place
    /// The keyword in kebab-case: `max-length`, `required`, `unknown-member`.
    public let code: String
    /// What was expected and what came.
    public let detail: String

    public init(_ place: Place, _ code: String, _ detail: String) {
        self.place = place
        self.code = code
        self.detail = detail
    }
}

/// The violations of one request, found in one pass; the first sixteen are kept.
public struct Violations: Sendable {
    /// How many violations a problem lists.
    public static let listedMax = 16

    public internal(set) var list: [Violation] = []
    public internal(set) var isTruncated = false

    public init() {}

    /// How many were found and kept.
    @inlinable public var count: Int { list.count }
    @inlinable public var isEmpty: Bool { list.isEmpty }

    /// Adds one, or notes that there are more than are listed.
    public mutating func add(_ place: Violation.Place, _ code: String, _ detail: String) {
        guard list.count < Violations.listedMax else {
            isTruncated = true
            return
        }
        list.append(Violation(place, code, detail))
    }

    /// Adds those of another reading of the same value.
    mutating func append(_ others: Violations) {
        for violation in others.list { add(violation.place, violation.code, violation.detail) }
        isTruncated = isTruncated || others.isTruncated
    }

    /// Takes back everything after the first `count`: an alternative of a union did not match.
    mutating func forget(after count: Int, wasTruncated: Bool) {
        list.removeLast(list.count - count)
        isTruncated = wasTruncated
    }

    /// Moves the violations found since `mark` below the member or item `step`.
    public mutating func nest(from mark: Int, below step: String) {
        let escaped = step.contains("~") || step.contains("/") ? Violations.escape(step) : step
        for index in mark..<list.count {
            guard case .pointer(let path) = list[index].place else { continue }
            list[index] = Violation(.pointer("/" + escaped + path), list[index].code, list[index].detail)
        }
    }

    private static func escape(_ step: String) -> String {
        var escaped = ""
        for character in step.unicodeScalars {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// The refusal that lists them.
    public var problem: Problem {
        Problem(
            .invalid, "The request breaks \(list.count)\(isTruncated ? " or more" : "") of the operation's rules.",
            violations: list, isTruncated: isTruncated)
    }
}
