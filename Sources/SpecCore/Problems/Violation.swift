/// One rule of the published schema that a request breaks.
public struct Violation: Sendable, Equatable {
    /// The location of the value in the request.
    public enum Place: Sendable, Equatable {
        /// An RFC 6901 pointer, without `#`; for a missing member, the pointer it would have.
        case pointer(String)
        /// The name of a path, query or header parameter.
        case parameter(String)
    }

    public let place: Place
    /// The keyword in kebab-case: `max-length`, `required`, `unknown-member`.
    public let code: String
    /// The message: what is expected and what was found.
    public let detail: String

    public init(_ place: Place, _ code: String, _ detail: String) {
        self.place = place
        self.code = code
        self.detail = detail
    }
}

/// The violations of one request, found in one pass; the first sixteen are kept.
public struct Violations: Sendable {
    /// The maximum number of violations that a problem lists.
    public static let listedMax = 16

    public internal(set) var list: [Violation] = []
    public internal(set) var isTruncated = false

    public init() {}

    /// The number of violations kept.
    @inlinable public var count: Int { list.count }
    @inlinable public var isEmpty: Bool { list.isEmpty }

    /// Adds a violation, or records that there are more than listed.
    public mutating func add(_ place: Violation.Place, _ code: String, _ detail: String) {
        guard list.count < Violations.listedMax else {
            isTruncated = true
            return
        }
        list.append(Violation(place, code, detail))
    }

    /// Adds the violations of another reading of the same value.
    mutating func append(_ others: Violations) {
        for violation in others.list { add(violation.place, violation.code, violation.detail) }
        isTruncated = isTruncated || others.isTruncated
    }

    /// Removes everything after the first `count`, because an alternative of a union did not match.
    mutating func forget(after count: Int, wasTruncated: Bool) {
        list.removeLast(list.count - count)
        isTruncated = wasTruncated
    }

    /// Prefixes the violations found since `mark` with the member or item `step`.
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

    /// The problem that lists them.
    public var problem: Problem {
        Problem(
            .invalid, "The request breaks \(list.count)\(isTruncated ? " or more" : "") of the operation's rules.",
            violations: list, isTruncated: isTruncated)
    }
}
