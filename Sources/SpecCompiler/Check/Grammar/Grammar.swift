/// The keywords of every object of OpenAPI 3.0 and 3.1, and of JSON Schema 2020-12: what is not here is refused.
enum Grammar {
    /// What an object may hold.
    static func keywords(of kind: ObjectKind) -> [Keyword] { table[kind] ?? [] }

    /// The keyword as this edition has it; in the form of the other edition when only that one knows it.
    static func keyword(_ name: String, of kind: ObjectKind, in edition: Edition) -> Keyword? {
        guard let known = index[kind]?[name] else { return nil }
        return known.first { $0.edition == nil || $0.edition == edition } ?? known.first
    }

    /// The objects on which one of our own extensions stands.
    static func kinds(having name: String) -> [ObjectKind] {
        ObjectKind.allCases.filter { index[$0]?[name] != nil }
    }

    /// The extensions that mean something here; all others are for other tools.
    static let extensions = ["x-swift", "x-problem-codes", "x-rate-limit", "x-body-bytes-max", "x-idempotency"]

    private static let table: [ObjectKind: [Keyword]] = DocumentGrammar.table.merging(
        [.schema: SchemaGrammar.keywords, .discriminator: SchemaGrammar.discriminator]
    ) { first, _ in first }

    private static let index: [ObjectKind: [String: [Keyword]]] = table.mapValues {
        Dictionary(grouping: $0, by: \.name)
    }
}
