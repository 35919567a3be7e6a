extension QueryReader {
    /// A query or a column list being read.
    struct QueryBuilder {
        var name = ""
        var nameLine = 0
        /// True for a `-- columns:`, which has no statement of its own.
        var isList = false
        var parameters: [ColumnModel] = []
        /// The table of `-- row:`, whose columns are parameters too.
        var row: TableModel?
        /// True if a parameter could not be read, so that missing parameters are not reported.
        var isUnread = false
        var result: QueryModel.Result?
        var resultLine: DirectiveLine?
        var isWrite = false
        /// The `-- locks:` lines of the query.
        var locks: [DirectiveLine] = []
        /// The `-- emits:` lines of the query.
        var emits: [DirectiveLine] = []
        var documentation: [String] = []
        var engine: SQLEngine?
        var common: SQLSource?
        var texts: [SQLEngine: SQLSource] = [:]

        /// The SQL of an engine.
        func source(_ engine: SQLEngine) -> SQLSource? { texts[engine] ?? common }

        /// All texts, in the order of their lines if none is common.
        var sources: [SQLSource] { [common, texts[.sqlite], texts[.postgres]].compactMap { $0 } }

        /// The SQL that the next line belongs to.
        var current: SQLSource? {
            get { if let engine { texts[engine] } else { common } }
            set {
                if let engine { texts[engine] = newValue } else { common = newValue }
            }
        }

        mutating func addSQL(_ line: String, number: Int) {
            var source = current ?? SQLSource(engine ?? .sqlite)
            // Otherwise each line would copy the tokens of those before it.
            current = nil
            source.add(line, number: number)
            current = source
        }

        /// All parameters: the columns of the row that the statements name, and those of `-- parameters:`.
        var allParameters: [ColumnModel] { rowParameters + parameters }

        var rowParameters: [ColumnModel] {
            guard let row else { return [] }
            let tokens = SQLEngine.allCases.flatMap { source($0)?.tokens ?? [] }
            let used = Set(tokens.filter { $0.kind == .placeholder }.map(\.text))
            return row.columns.filter { used.contains($0.name) }
        }
    }

    /// The text after a directive, and its line.
    struct DirectiveLine {
        let text: String
        let number: Int
        let line: String
    }

    /// A named list of columns with its SQL.
    struct ColumnList {
        let model: ColumnListModel
        let tokens: [SQLEngine: [SQLToken]]
    }
}
