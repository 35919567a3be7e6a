/// Prints a function that makes a query.
struct StatementPrinter {
    /// The enum of a group's PostgreSQL texts, which the list of all statements shares.
    static let texts = "PostgresTexts"

    let statement: Statement
    let access: String

    func print(to swift: inout SwiftText) {
        swift.documentation(statement.documentation.isEmpty ? ["`\(statement.name)`"] : statement.documentation)
        let row = statement.rowParameter.map { ["_ row: \($0)"] } ?? []
        let parameters =
            row
            + statement.parameters.filter { !$0.isOfRow }.map {
                "\(SwiftLiteral.identifier($0.label)): \($0.column.swiftType)"
            }
        let kind = statement.write == nil ? "Query" : "NamedWrite"
        let head =
            "\(access)static func \(SwiftLiteral.identifier(statement.method))(\(parameters.joined(separator: ", "))) "
            + "-> \(kind)<\(statement.row ?? "Void")> {"
        swift.block(head) { swift in
            swift.line("\(kind)(")
            swift.line("    \(SwiftLiteral.text(statement.name)),")
            if let write = statement.write { print(write, to: &swift) } else { printText(to: &swift) }
            let flag = statement.findsByKey ? ", findsByKey: true" : ""
            let emits = statement.write?.emits ?? []
            let end = statement.row.map { "\(flag), read: \($0).read\(emits.isEmpty ? ")" : ",")" } ?? ")"
            swift.line("    [\(statement.parameters.map(value).joined(separator: ", "))]\(end)")
            if !emits.isEmpty { print(emits, to: &swift) }
        }
    }

    /// The closure that reads the positions of events from a row.
    private func print(_ emits: [WriteModel.Emit], to swift: inout SwiftText) {
        swift.line("    positions: { row, positions in")
        for emit in emits {
            let user = (emit.isParameter ? "" : "row.") + SwiftLiteral.identifier(emit.user.swiftName)
            let seq = "row." + SwiftLiteral.identifier(emit.seq.swiftName)
            let tests =
                (emit.user.isNullable ? ["let user = \(user)"] : []) + (emit.seq.isNullable ? ["let seq = \(seq)"] : [])
            let position =
                "EventPosition(user: \(emit.user.isNullable ? "user" : user), seq: \(emit.seq.isNullable ? "seq" : seq))"
            let append = "positions.append(\(position))"
            swift.line(
                tests.isEmpty ? "        \(append)" : "        if \(tests.joined(separator: ", ")) { \(append) }")
        }
        swift.line("    })")
    }

    /// Prints the PostgreSQL text, a member of ``texts``.
    func printPostgres(to swift: inout SwiftText) {
        let name = SwiftLiteral.identifier(statement.method)
        swift.block("static var \(name): StaticString {") { $0.literal("", statement.postgres) }
    }

    private var postgres: String { "\(Self.texts).\(SwiftLiteral.identifier(statement.method))" }

    private func printText(to swift: inout SwiftText) {
        swift.line("    SQLText(")
        swift.literal("        sqlite: ", statement.sqlite.first ?? "", ",")
        swift.line("        postgres: \(postgres)),")
    }

    private func print(_ write: WriteModel, to swift: inout SwiftText) {
        swift.line("    sqlite: [")
        for text in statement.sqlite { swift.literal("        ", text, ",") }
        swift.line("    ],")
        swift.line("    postgres: \(postgres),")
        if write.takesRows { swift.line("    takesRows: true,") }
        guard !write.locks.isEmpty else { return }
        swift.line("    locks: [")
        for locks in write.locks {
            let keys = locks.keys.map { key in "[\(key.map(value).joined(separator: ", "))]" }
            swift.line("        WriteLocks(")
            swift.literal("            postgres: ", locks.postgres, ",")
            swift.line("            keys: [\(keys.joined(separator: ", "))]),")
        }
        swift.line("    ],")
    }

    private func value(_ column: ColumnModel) -> String {
        statement.parameters.first { $0.column.name == column.name }.map(value) ?? column.swiftName
    }

    private func value(_ parameter: Statement.Parameter) -> String {
        (parameter.isOfRow ? "row." : "") + SwiftLiteral.identifier(parameter.label) + ".sqlValue"
    }
}
