import CPostgres
import GRDB
import TestSupport
import Testing

@testable import SpecCompiler
@testable import SpecStorage

/// Every statement of the product's spec, as it is generated, on both engines: it can be prepared, takes the values
/// it says and gives the columns it says.
@Suite struct SpecStatementsTests {
    /// A statement with what it says of itself.
    private struct Declared {
        let name: String
        let sqlite: [String]
        let postgres: [String]
        let parameters: [ColumnModel]
        /// Whether PostgreSQL takes an array for each parameter, and numbers the rows.
        var takesRows = false
        /// nil: it gives no rows.
        let columns: [ColumnModel]?
    }

    private static func statements(of contract: StorageContract) -> [Declared] {
        let everyday = contract.tables.flatMap { table in
            TableStatements(table).all.map { statement in
                Declared(
                    name: statement.name, sqlite: statement.sqlite, postgres: [statement.postgres],
                    parameters: statement.parameters.map(\.column), columns: statement.row.map { _ in table.columns })
            }
        }
        let named = contract.queries.flatMap { area in
            area.queries.map { query in
                Declared(
                    name: "\(area.name).\(query.name)", sqlite: query.texts(.sqlite), postgres: query.texts(.postgres),
                    parameters: query.parameters, takesRows: query.write?.takesRows ?? false,
                    columns: columns(of: query.result, area, contract))
            }
        }
        return everyday + named
    }

    private static func columns(
        of result: QueryModel.Result, _ area: QueryArea, _ contract: StorageContract
    ) -> [ColumnModel]? {
        switch result {
        case .none: nil
        case .table(let name): contract.tables.first { $0.name == name }?.columns
        case .columns(let columns): columns
        case .query(let name): area.queries.first { $0.name == name }.flatMap { columns(of: $0.result, area, contract) }
        }
    }

    @Test func sqliteTakesThemAll() throws {
        let contract = try ProductSpec.storage()
        let database = try DatabaseQueue()
        let wrong = try database.write { database in
            for migration in contract.migrations { try database.execute(sql: migration.sqlite) }
            return Self.statements(of: contract).flatMap { Self.objections(to: $0, database) }
        }
        #expect(wrong == [])
    }

    private static func objections(to declared: Declared, _ database: Database) -> [String] {
        declared.sqlite.compactMap { text in
            do {
                let statement = try database.makeStatement(sql: text)
                guard let columns = declared.columns, statement.columnCount > 0 else { return nil }
                return statement.columnCount == columns.count
                    ? nil : "\(declared.name) gives \(statement.columnCount) columns, not \(columns.count)"
            } catch {
                return "\(declared.name): \(error)"
            }
        }
    }

    @Test func postgresTakesThemAll() async throws {
        let contract = try ProductSpec.storage()
        let address = try PostgresAddress(await PostgresServer.shared.value.makeDatabase())
        let connection = try PostgresConnection(plain: address)
        for migration in contract.migrations {
            let step = StepText(migration.postgres)
            for statement in step.isWithoutTransaction ? step.statements : [step.text] {
                try connection.execute(statement)
            }
        }
        #expect(Self.statements(of: contract).flatMap { Self.objections(to: $0, connection.pointer) } == [])
    }

    private static func objections(to declared: Declared, _ connection: OpaquePointer) -> [String] {
        declared.postgres.enumerated().compactMap { index, text in
            let prepared = PQprepare(connection, "", text, 0, nil)
            defer { PQclear(prepared) }
            guard PQresultStatus(prepared) == PGRES_COMMAND_OK, let description = PQdescribePrepared(connection, "")
            else { return "\(declared.name): \(String(cString: PQerrorMessage(connection)))" }
            defer { PQclear(description) }
            // Locks take arrays and give nothing.
            return index == 0 ? objection(to: declared, description) : nil
        }
    }

    private static func objection(to declared: Declared, _ description: OpaquePointer) -> String? {
        let takes = (0..<PQnparams(description)).map { PQparamtype(description, $0) }
        let types = declared.takesRows ? arrayIDs : objectIDs
        if takes != declared.parameters.map({ types[$0.type] ?? 0 }) { return "\(declared.name) takes \(takes)" }
        guard let columns = declared.columns else { return nil }
        let gives = (0..<PQnfields(description)).map { PQftype(description, $0) }
        let numbers: [Oid] = declared.takesRows ? [20] : []
        return gives == columns.map { objectIDs[$0.type] ?? 0 } + numbers ? nil : "\(declared.name) gives \(gives)"
    }

    /// `pg_type.oid`
    private static let objectIDs: [ColumnType: Oid] = [
        .bool: 16, .bytes: 17, .integer: 20, .text: 25, .real: 701, .timestamp: 1184, .identifier: 2950,
    ]

    /// The same of arrays.
    private static let arrayIDs: [ColumnType: Oid] = [
        .bool: 1000, .bytes: 1001, .integer: 1016, .text: 1009, .real: 1022, .timestamp: 1185, .identifier: 2951,
    ]
}
