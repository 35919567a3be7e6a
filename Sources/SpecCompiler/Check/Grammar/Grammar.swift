/// The keywords of every object of OpenAPI 3.0 and 3.1, and of JSON Schema 2020-12. Any other keyword is an error.
enum Grammar {
    /// The keywords that an object may have.
    static func keywords(of kind: ObjectKind) -> [Keyword] { table[kind] ?? [] }

    /// The keyword in this edition's form, or in the other edition's if only that one defines it.
    static func keyword(_ name: String, of kind: ObjectKind, in edition: Edition) -> Keyword? {
        guard let known = index[kind]?[name] else { return nil }
        return known.first { $0.edition == nil || $0.edition == edition } ?? known.first
    }

    /// The objects that may have one of our own extensions.
    static func kinds(having name: String) -> [ObjectKind] {
        ObjectKind.allCases.filter { index[$0]?[name] != nil }
    }

    /// The supported extensions; all others belong to other tools.
    static let extensions = [
        "x-swift", "x-spec", "x-problem-codes", "x-rate-limit", "x-body-bytes-max", "x-idempotency", "x-signed",
    ]

    private static let table: [ObjectKind: [Keyword]] = DocumentGrammar.table.merging(
        [.schema: SchemaGrammar.keywords, .discriminator: SchemaGrammar.discriminator]
    ) { first, _ in first }

    private static let index: [ObjectKind: [String: [Keyword]]] = table.mapValues {
        Dictionary(grouping: $0, by: \.name)
    }
}
