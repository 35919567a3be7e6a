/// The names of local variables for the members of a type: not those that generated code uses itself, nor each other's.
struct LocalNames {
    private var names: [String: String] = [:]

    /// - Parameters:
    ///   - members: the Swift names of the members, each once.
    ///   - used: the names of the generated function's own variables.
    init(_ members: [String], besides used: Set<String>) {
        var taken = used.union(members)
        for member in members where used.contains(member) {
            var name = member + "Value"
            while !taken.insert(name).inserted { name += "Value" }
            names[member] = name
        }
    }

    subscript(_ member: String) -> String { names[member] ?? SwiftLiteral.identifier(member) }
}

extension SwiftLiteral {
    /// The label of an argument: every other keyword can be one.
    static func label(_ name: String) -> String { name == "inout" ? "`inout`" : name }
}
