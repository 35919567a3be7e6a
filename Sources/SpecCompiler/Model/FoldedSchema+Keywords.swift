extension FoldedSchema {
    /// A property of an object with its schema.
    struct Property {
        let name: String
        let node: Node
        let reference: Reference
    }

    /// The schemas of the parts.
    var nodes: [Node] { parts.map(\.node) }

    /// True if a part has the keyword.
    func has(_ keyword: String) -> Bool { parts.contains { $0.node[keyword] != nil } }

    /// The first value of a keyword, the schema's own before those of its parts.
    subscript(_ keyword: String) -> Node? { member(keyword)?.value }

    /// The keyword in the first part that has it.
    func member(_ keyword: String) -> Node.Member? {
        for part in parts { if let member = part.node.member(keyword) { return member } }
        return nil
    }

    /// All values of a keyword.
    func all(_ keyword: String) -> [Node] { parts.compactMap { $0.node[keyword] } }

    /// The keyword in every part that has it.
    func members(_ keyword: String) -> [Node.Member] { parts.compactMap { $0.node.member(keyword) } }

    /// The value of a keyword with its reference.
    func place(_ keyword: String) -> Part? {
        for part in parts {
            if let value = part.node[keyword] { return Part(node: value, reference: part.reference.appending(keyword)) }
        }
        return nil
    }

    /// The values of `enum`.
    var enumeration: [Node]? { self["enum"]?.items }

    /// The alternatives of `oneOf` and `anyOf`.
    var alternatives: [Node] {
        (all("oneOf") + all("anyOf").filter { !$0.isListOfRequirements }).flatMap(\.items)
    }

    /// The lines of the description, or of the title if there is no description.
    var documentation: [String] { SpecText.lines(self["description"]?.string ?? self["title"]?.string) }

    // MARK: Properties

    /// The properties as every part declares them.
    var declaredProperties: [Node.Member] { all("properties").flatMap(\.members) }

    /// The first declaration of a property.
    func property(_ name: String) -> Node.Member? {
        for part in parts { if let found = part.node["properties"]?.member(name) { return found } }
        return nil
    }

    /// The properties, each once, and the required members without a property, which may be anything that the object
    /// allows.
    var properties: [Property] {
        var seen: Set<[UInt8]> = []
        let declared = parts.flatMap { part in
            (part.node["properties"]?.members ?? []).map { member in
                Property(
                    name: member.key, node: member.value,
                    reference: part.reference.appending("properties").appending(member.key))
            }
        }.filter { seen.insert(Array($0.name.utf8)).inserted }
        return declared + undeclared(besides: seen)
    }

    private func undeclared(besides declared: Set<[UInt8]>) -> [Property] {
        let rest = place("additionalProperties")
        let anything = Node(.bool(true), at: parts[0].node.location)
        return required.sorted().filter { !declared.contains(Array($0.utf8)) }.map { name in
            Property(
                name: name, node: rest?.node ?? anything,
                reference: rest?.reference ?? parts[0].reference.appending("required").appending(name))
        }
    }
}

extension Node {
    /// True if each alternative of this `anyOf` has only `required`: the client must send the members of one of them.
    var isListOfRequirements: Bool {
        !items.isEmpty
            && items.allSatisfy { $0.members.map(\.key) == ["required"] && $0["required"]?.items.isEmpty == false }
    }
}
