/// The compiled storage part of a spec (`schema.yaml` and `queries/`), with every name decided.
package struct StorageContract: Sendable, Equatable {
    /// The tables, those of the framework among them.
    package var tables: [TableModel] = []
    package var framework = FrameworkModel()
    package var queries: [QueryArea] = []
    package var migrations: [MigrationModel] = []

    package init() {}

    /// The columns of a query's result, or nil if it returns no rows.
    package func columns(of result: QueryModel.Result, in area: QueryArea) -> [ColumnModel]? {
        switch result {
        case .none: nil
        case .table(let name): tables.first { $0.name == name }?.columns
        case .columns(let columns): columns
        case .query(let name):
            area.queries.first { $0.name == name }.flatMap { columns(of: $0.result, in: area) }
        case .list(let name): area.lists.first { $0.name == name }?.columns
        }
    }
}
