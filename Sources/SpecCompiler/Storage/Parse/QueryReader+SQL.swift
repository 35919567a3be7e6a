/// A statement for SQLite with the places that its check may point at.
struct PlacedStatement {
    let statement: LoweredStatement
    /// The columns of its rows; nil: it returns none.
    let columns: [ColumnModel]?
    /// False for the statements of a write, of which not every one returns the rows.
    let mustReturnRows: Bool
    let name: Location
    /// The place of the columns: `-- result:`.
    let result: Location
    let places: [Location]
    let file: SourceFile
}

extension QueryReader {
    // MARK: Statements

    mutating func finish(_ builder: QueryBuilder?) {
        guard let builder else { return }
        if let open = builder.sources.lazy.compactMap(\.openedAt).first {
            return refuse(
                "query-quote", "this text, name or comment is never closed", line: open.line, column: open.column,
                width: 1)
        }
        if builder.isList { return finishList(builder) }
        checkTables(builder)
        guard let result = builder.result else {
            // A misspelt '-- result:' is already reported.
            if builder.isUnread { return }
            return refuse(
                "query-result", "the query '\(builder.name)' does not declare its result", nameLine(builder),
                help: "write '-- result: none', '-- result: table …', '-- result: query …', '-- result: columns …' "
                    + "or its columns")
        }
        let parameters = builder.allParameters
        let before = diagnostics.count
        let sqlite = lower(builder, result, .sqlite)
        let postgres = lower(builder, result, .postgres)
        guard !sqlite.isEmpty, let first = postgres.first else {
            return refuse(
                "query-text", "the query '\(builder.name)' needs a statement for each engine", nameLine(builder))
        }
        if postgres.count > 1 || sqlite.count > 1 && !builder.isWrite {
            refuse(
                "query-statements", "the query '\(builder.name)' has more than one statement", nameLine(builder),
                help: "only the SQLite text of a '-- write' may have several, separated by ';'")
        }
        if diagnostics.count == before, !builder.isUnread { place(sqlite, builder, result) }
        queries.append(
            QueryModel(
                name: builder.name, parameters: parameters,
                row: builder.row.map { RowParameter(table: $0.name, count: builder.rowParameters.count) },
                result: named(result, builder), sqlite: sqlite.map(\.text), postgres: first.text, write: write(builder),
                documentation: builder.documentation))
    }

    /// The result with the Swift names of its own enums.
    private func named(_ result: QueryModel.Result, _ builder: QueryBuilder) -> QueryModel.Result {
        guard case .columns(let columns) = result else { return result }
        return .columns(columns.map { $0.named(in: StorageNames.row(builder.name)) })
    }

    private mutating func finishList(_ builder: QueryBuilder) {
        guard case .columns(let columns)? = builder.result else {
            return refuse(
                "query-result", "the column list '\(builder.name)' does not declare its columns", nameLine(builder),
                help: "write '-- result: id identifier, …'")
        }
        let tokens = SQLEngine.allCases.map { ($0, builder.source($0)?.statements.first ?? []) }
        if tokens.contains(where: { $0.1.isEmpty }) {
            refuse("query-text", "the column list '\(builder.name)' has no columns for an engine", nameLine(builder))
        }
        let row = StorageNames.row(builder.name)
        let model = ColumnListModel(
            name: builder.name, columns: columns.map { $0.named(in: row) }, documentation: builder.documentation)
        lists.append(ColumnList(model: model, tokens: Dictionary(uniqueKeysWithValues: tokens)))
    }

    private mutating func place(
        _ sqlite: [LoweredStatement], _ builder: QueryBuilder, _ result: QueryModel.Result
    ) {
        let columns = columns(of: result)
        let line = builder.resultLine ?? nameLine(builder)
        let isOwn = if case .columns = result { true } else { false }
        for statement in sqlite {
            statements.append(
                PlacedStatement(
                    statement: statement, columns: columns, mustReturnRows: sqlite.count == 1 && !builder.isWrite,
                    name: location(nameLine(builder), part: builder.name), result: location(line),
                    places: (columns ?? []).map { isOwn ? location(line, part: $0.name) : location(line) },
                    file: location(line).file))
        }
    }

    // MARK: Placeholders

    /// The statements of one engine with their placeholders; they must use exactly the declared parameters. Statements
    /// for `:rows` have all parameters as columns.
    private mutating func lower(
        _ builder: QueryBuilder, _ result: QueryModel.Result, _ engine: SQLEngine
    ) -> [LoweredStatement] {
        let statements = (builder.source(engine)?.statements ?? []).map { expand($0, builder, result, engine) }
        refuseOwn(statements)
        if takesRows(builder, engine) { return statements.map { lowerForRows($0, builder) } }
        let parameters = builder.allParameters
        var used: Set<String> = []
        var unknown: [SQLToken] = []
        let lowered = statements.map { tokens in
            var statement = LoweredStatement()
            for token in tokens {
                guard token.kind == .placeholder else {
                    statement.append(token.text, from: token)
                    continue
                }
                used.insert(token.text)
                let index = parameters.firstIndex { $0.name == token.text }
                if index == nil { unknown.append(token) }
                statement.append(
                    index.map { Placeholders.mark($0 + 1, parameters[$0], engine) } ?? token.written, from: token)
            }
            return statement
        }
        checkParameters(builder, used: used, unknown: unknown, isEmpty: statements.isEmpty)
        return lowered
    }

    /// The tokens with the columns in place of `:columns`.
    private mutating func expand(
        _ tokens: [SQLToken], _ builder: QueryBuilder, _ result: QueryModel.Result, _ engine: SQLEngine
    ) -> [SQLToken] {
        guard !builder.allParameters.contains(where: { $0.name == Self.columnsWord }) else { return tokens }
        var expanded: [SQLToken] = []
        for token in tokens {
            guard token.kind == .placeholder, token.text == Self.columnsWord else {
                expanded.append(token)
                continue
            }
            let columns = columns(token, result, engine, after: &expanded)
            expanded += columns
        }
        return expanded
    }

    /// The placeholder of the result's columns.
    static let columnsWord = "columns"

    /// The columns of a table, each with the alias before the placeholder (`m.:columns`), or those of a list.
    private mutating func columns(
        _ token: SQLToken, _ result: QueryModel.Result, _ engine: SQLEngine, after tokens: inout [SQLToken]
    ) -> [SQLToken] {
        switch result {
        case .list(let name):
            return lists.first { $0.model.name == name }?.tokens[engine] ?? []
        case .table(let name):
            guard let table = tables.first(where: { $0.name == name }) else { return [] }
            let alias = Self.alias(&tokens)
            let names = table.columns.map { alias + $0.name }.joined(separator: ", ")
            return [SQLToken(kind: .word, text: names, line: token.line, column: token.column)]
        case .none, .columns, .query:
            refuse(
                "query-columns", "':columns' stands for the columns of a table or of a column list", at: token,
                help: "write '-- result: table …' or '-- result: columns …'")
            return []
        }
    }

    /// Takes `m.` from the end of the tokens.
    private static func alias(_ tokens: inout [SQLToken]) -> String {
        guard tokens.count > 1, tokens[tokens.count - 1].text == "." else { return "" }
        let name = tokens[tokens.count - 2]
        guard name.kind == .word || name.kind == .quoted else { return "" }
        tokens.removeLast(2)
        return name.text + "."
    }

    private mutating func refuseOwn(_ statements: [[SQLToken]]) {
        for token in statements.joined() where token.kind == .ownPlaceholder {
            refuse(
                "query-placeholder", "'\(token.text)' is an engine's own placeholder", at: token,
                help: "declare a parameter and write ':name'")
        }
    }

    private mutating func checkParameters(
        _ builder: QueryBuilder, used: Set<String>, unknown: [SQLToken], isEmpty: Bool
    ) {
        var seen: Set<String> = []
        let first = unknown.filter { seen.insert($0.text).inserted }.sorted { $0.text < $1.text }
        for token in first.prefix(Self.namedMax) where !builder.isUnread {
            refuse(
                "parameter-unknown", "the query '\(builder.name)' has no parameter '\(token.text)'", at: token,
                help: token.text == "rows"
                    ? "only the PostgreSQL text of a '-- write' has ':rows'"
                    : Suggestion.help(for: token.text, among: builder.allParameters.map(\.name)))
        }
        for parameter in builder.parameters where !used.contains(parameter.name) && !isEmpty {
            refuse(
                "parameter-unused", "the query '\(builder.name)' does not use '\(parameter.name)'",
                line(of: parameter.name, behind: builder.nameLine), part: parameter.name)
        }
    }
}
