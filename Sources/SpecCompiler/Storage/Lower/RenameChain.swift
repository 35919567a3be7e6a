/// The renames that begin with a new column: `c was b` while `b was a`, in the order in which each name is free.
struct RenameChain {
    private(set) var steps: [(was: String, name: String)] = []

    /// Fails if the column is not renamed, or if a column on the way stays under its name.
    init?(_ column: ColumnModel, in table: TableModel, recorded: TableModel) {
        var next: ColumnModel? = column
        while let link = next, let was = link.was, recorded.column(was) != nil, steps.count < table.columns.count {
            steps.append((was, link.name))
            next = table.column(was)
        }
        guard !steps.isEmpty, next == nil else { return nil }
    }
}
