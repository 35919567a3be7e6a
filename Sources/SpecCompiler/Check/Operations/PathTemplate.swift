/// A key of `paths`: literal segments and parameters.
struct PathTemplate {
    /// The names in braces, in the order of the path.
    let names: [String]
    /// The path with its parameters' names left out: two paths with the same shape cannot be told apart.
    let shape: String
    /// Why no route can be made of it.
    let objection: String?

    /// What a route table holds.
    private static let namesMax = 8

    init(_ path: String) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let parameters = segments.filter { $0.hasPrefix("{") && $0.hasSuffix("}") && $0.count > 2 }
        names = parameters.map { String($0.dropFirst().dropLast()) }
        shape = segments.map { parameters.contains($0) ? "{}" : String($0) }.joined(separator: "/")
        objection = Self.objection(path, segments, names)
    }

    private static func objection(_ path: String, _ segments: [Substring], _ names: [String]) -> String? {
        guard path.hasPrefix("/") else { return "a path begins with '/'" }
        if path.contains(where: { $0 == "?" || $0 == "#" }) { return "a path holds no '?' and no '#'" }
        let braces = segments.first { segment in
            segment.contains { $0 == "{" || $0 == "}" }
                && !(segment.hasPrefix("{") && segment.hasSuffix("}") && segment.count > 2
                    && segment.count { $0 == "{" || $0 == "}" } == 2)
        }
        if let braces { return "a parameter takes a whole segment of the path, unlike in '\(braces)'" }
        if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
            return "the parameter '{\(twice.element)}' stands in the path twice"
        }
        return names.count > namesMax ? "a path has at most \(namesMax) parameters" : nil
    }
}
