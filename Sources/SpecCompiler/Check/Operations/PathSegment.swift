/// A segment of a path template: `items`, `{id}`, `{id}.{ext}`, `{id}:cancel`.
struct PathSegment {
    let text: String
    private(set) var names: [String] = []
    /// The texts between parameters.
    private(set) var literals: [String] = []
    /// False if braces do not match, a name is empty, or nothing separates two parameters.
    private(set) var isValid = true

    init(_ text: Substring) {
        self.text = String(text)
        var rest = text
        var isBehindName = false
        while let start = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let literal = rest[..<start]
            guard rest[start] == "{", let end = rest[start...].firstIndex(of: "}") else {
                isValid = false
                return
            }
            let name = rest[rest.index(after: start)..<end]
            if name.isEmpty || name.contains("{") || isBehindName && literal.isEmpty { isValid = false }
            if !literal.isEmpty { literals.append(String(literal)) }
            names.append(String(name))
            rest = rest[rest.index(after: end)...]
            isBehindName = true
        }
        if !rest.isEmpty || names.isEmpty { literals.append(String(rest)) }
    }

    /// The segment without the names of its parameters.
    var shape: String { names.reduce(text) { $0.replacing("{\($1)}", with: "{}") } }
}
