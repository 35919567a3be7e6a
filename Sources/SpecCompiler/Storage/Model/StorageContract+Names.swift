extension StorageContract {
    /// The names of the Swift types at the top level, which models and operations avoid.
    var typeNames: Set<String> {
        let tables = tables.flatMap { [StorageNames.row($0.name), SwiftNames.upper($0.name) + "Table"] }
        return Set(tables + queries.map { StatementGroup(area: $0).name })
    }
}
