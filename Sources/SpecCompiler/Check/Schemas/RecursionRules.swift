/// Rejects schemas that are parts of themselves, or that require infinitely nested values.
struct RecursionRules {
    private let objects: SpecObjects
    private let folds: FoldedSchemas
    var findings = Findings()

    init(_ objects: SpecObjects, _ folds: FoldedSchemas) {
        self.objects = objects
        self.folds = folds
    }

    mutating func check() {
        let schemas = objects.all(.schema)
        let loops = SchemaLoops(schemas) { SchemaLoops.partKeywords(of: $0, objects) }
        for loop in loops.found {
            findings.error(
                "recursion", "this schema is a part of itself", at: loop[0].location,
                notes: loop.dropFirst().prefix(5).map { Diagnostic.Note("through this schema", at: $0.location) },
                help: "a schema may contain itself through its properties or items, not be itself")
        }
        guard loops.found.isEmpty else { return }
        refuseEndless(schemas)
    }

    // MARK: Values without an end

    private mutating func refuseEndless(_ schemas: [Node]) {
        let endless = endless(schemas)
        guard !endless.isEmpty else { return }
        let ids = Set(endless.map(ObjectIdentifier.init))
        let loops = SchemaLoops(endless) { schema in
            needs(schema).flatMap(\.self).filter { ids.contains(ObjectIdentifier($0)) }
        }
        for loop in loops.found {
            findings.error(
                "recursion", "no value can satisfy this schema: each one would have to contain another without end",
                at: (objects.target(of: loop[0]) ?? loop[0]).location,
                notes: loop.prefix(5).map { Diagnostic.Note("it is required here", at: $0.location) },
                help: "let a property on the way be optional or null, or a list be empty")
        }
    }

    /// The schemas without a finite value: those that remain after removing all satisfiable ones, round by round.
    private func endless(_ schemas: [Node]) -> [Node] {
        var rest = schemas.map { (schema: $0, needs: needs($0).map { $0.map(ObjectIdentifier.init) }) }
            .filter { !$0.needs.isEmpty }
        var open = Set(rest.map { ObjectIdentifier($0.schema) })
        var isForward = true
        while true {
            let before = rest.count
            for (schema, needs) in isForward ? rest : rest.reversed() {
                let isFinite = needs.allSatisfy { $0.contains { !open.contains($0) } }
                if isFinite { open.remove(ObjectIdentifier(schema)) }
            }
            rest = rest.filter { open.contains(ObjectIdentifier($0.schema)) }
            isForward.toggle()
            if rest.count == before { return rest.map(\.schema) }
        }
    }

    /// The schemas that a value must contain: at least one of each list.
    private func needs(_ schema: Node) -> [[Node]] {
        let folded = folds.fold(schema)
        guard schema.isMapping, !folded.isNullable, !folded.has("enum"), !folded.has("const") else { return [] }
        if !folded.alternatives.isEmpty {
            return (folded.members("oneOf") + folded.members("anyOf")).map(\.value.items).filter { !$0.isEmpty }
        }
        switch folded.valueTypes {
        case ["object"]:
            let names = folded.members("required").flatMap { $0.value.items.compactMap(\.string) }
            return names.compactMap { folded.property($0).map { [$0.value] } }
        case ["array"]:
            guard let items = folded["items"],
                folded.members("minItems").contains(where: { ($0.value.integer ?? 0) > 0 })
            else { return [] }
            return [[items]]
        default: return []
        }
    }
}

/// The cycles of a graph of schemas, each found once.
struct SchemaLoops {
    private(set) var found: [[Node]] = []

    /// Searches depth first with an explicit stack: specs chain more schemas than a thread's stack has frames.
    init(_ schemas: [Node], next: (Node) -> [Node]) {
        var done: Set<ObjectIdentifier> = []
        for start in schemas where !done.contains(ObjectIdentifier(start)) {
            var path: [(node: Node, rest: [Node])] = [(start, next(start))]
            var places = [ObjectIdentifier(start): 0]
            while let top = path.indices.last {
                guard let child = path[top].rest.popLast() else {
                    done.insert(ObjectIdentifier(path[top].node))
                    places[ObjectIdentifier(path[top].node)] = nil
                    path.removeLast()
                    continue
                }
                if let place = places[ObjectIdentifier(child)] {
                    found.append(path[place...].map(\.node))
                } else if !done.contains(ObjectIdentifier(child)) {
                    places[ObjectIdentifier(child)] = path.count
                    path.append((child, next(child)))
                }
            }
        }
    }

    /// The schemas that apply to the same value as this one.
    static func partKeywords(of schema: Node, _ objects: SpecObjects) -> [Node] {
        let parts = ["allOf", "oneOf", "anyOf"].flatMap { schema[$0]?.items ?? [] }
        guard schema["$ref"] != nil, let target = objects.target(of: schema) else { return parts }
        return parts + [target]
    }
}
