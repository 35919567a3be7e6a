/// The finding for a cycle of `$ref`s; the same one for each member of the cycle.
struct ReferenceCycle {
    let chain: ArraySlice<SpecDocuments.Target>

    private static let notesMax = 5

    var diagnostic: Diagnostic {
        let sorted = chain.sorted { $0.reference < $1.reference }
        let places = sorted.map { ($0.node["$ref"] ?? $0.node).location }
        return Diagnostic(
            rule: "ref-cycle", "this $ref is circular and refers to no value", at: places[0],
            notes: places.dropFirst().prefix(Self.notesMax).map { Diagnostic.Note("through this $ref", at: $0) },
            help: "a schema may contain itself through its properties or items, not be itself")
    }
}
