/// The targets of a `Package.swift`, parsed as text: a package cannot run SwiftPM while SwiftPM tests it.
struct Manifest {
    /// A target's name and everything it depends on, products and targets alike.
    struct Target: Equatable {
        let name: String
        let dependencies: [String]
    }

    let targets: [Target]

    init(text: String) {
        let body = text.ranges(of: "targets: [").last.map { text[$0.upperBound...] } ?? ""
        targets = body.matches(of: /\.(?:target|executableTarget)\(/).compactMap { match in
            Self.target(in: Self.balanced(body[match.range.upperBound...], open: "(", close: ")"))
        }
    }

    private static func target(in call: Substring) -> Target? {
        guard let name = call.firstMatch(of: /name:\s*"(?<name>[^"]+)"/) else { return nil }
        guard let list = call.firstRange(of: /dependencies:\s*\[/) else {
            return Target(name: String(name.output.name), dependencies: [])
        }
        let items = balanced(call[list.upperBound...], open: "[", close: "]")
        return Target(name: String(name.output.name), dependencies: dependencies(in: items))
    }

    /// The names of the dependencies; for a product without its package.
    private static func dependencies(in items: Substring) -> [String] {
        items.replacing(/package:\s*"[^"]*"/, with: "").matches(of: /"(?<name>[^"]+)"/).map { String($0.output.name) }
    }

    /// The text up to the bracket that closes the one already open.
    private static func balanced(_ text: Substring, open: Character, close: Character) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }
}
