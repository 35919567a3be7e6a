import CPostgres
import GRDB
import TestSupport
import Testing

@testable import SpecCompiler
@testable import SpecStorage

/// Every generated statement of the product's spec, on both engines: it can be prepared, takes the declared values and
/// returns the declared columns.
@Suite(.timeLimit(.minutes(10))) struct SpecStatementsTests {
    /// A statement with its declared parameters and columns.
    private struct Declared {
        let name: String
        let sqlite: [String]
        let postgres: [String]
        let parameters: [ColumnModel]
        /// True if PostgreSQL takes an array for each parameter.
        var takesRows = false
        /// True if PostgreSQL numbers the rows in an additional column.
        var isNumbered = false
        /// The columns; nil: it returns no rows.
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
                    isNumbered: query.write?.takesRows ?? false, columns: contract.columns(of: query.result, in: area))
            }
        }
        return everyday + named + framework(contract)
    }

    private static func framework(_ contract: StorageContract) -> [Declared] {
        FrameworkStatements(contract.framework).features.flatMap { feature in
            feature.entries.map { entry in
                Declared(
                    name: "\(feature.constant).\(entry.label)", sqlite: entry.texts[.sqlite].map { [$0] } ?? [],
                    postgres: entry.texts[.postgres].map { [$0] } ?? [], parameters: entry.parameters,
                    takesRows: entry.takesRows, columns: entry.columns)
            }
        }
    }

    @Test func sqliteTakesThemAll() throws {
        let contract = try ProductSpec.storage()
        var configuration = Configuration()
        configuration.prepareDatabase { try SQLiteLists.register(on: $0) }
        let database = try DatabaseQueue(configuration: configuration)
        let wrong = try database.write { database in
            for migration in contract.migrations { try database.execute(sql: migration.sqlite) }
            return Self.statements(of: contract).flatMap { Self.issues(to: $0, database) }
        }
        #expect(wrong == [])
    }

    private static func issues(to declared: Declared, _ database: Database) -> [String] {
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
            let statements = migration.postgresStatements
            for statement in statements.isEmpty ? [migration.postgres] : statements {
                try connection.execute(statement)
            }
        }
        #expect(Self.statements(of: contract).flatMap { Self.issues(to: $0, connection.pointer) } == [])
    }

    private static func issues(to declared: Declared, _ connection: OpaquePointer) -> [String] {
        declared.postgres.enumerated().compactMap { index, text in
            let prepared = PQprepare(connection, "", text, 0, nil)
            defer { PQclear(prepared) }
            guard PQresultStatus(prepared) == PGRES_COMMAND_OK, let description = PQdescribePrepared(connection, "")
            else { return "\(declared.name): \(String(cString: PQerrorMessage(connection)))" }
            defer { PQclear(description) }
            // Locks take arrays and return nothing.
            return index == 0 ? issue(to: declared, description) : nil
        }
    }

    private static func issue(to declared: Declared, _ description: OpaquePointer) -> String? {
        let takes = (0..<PQnparams(description)).map { PQparamtype(description, $0) }
        if takes != declared.parameters.map({ oid(of: $0, inRows: declared.takesRows) }) {
            return "\(declared.name) takes \(takes)"
        }
        guard let columns = declared.columns else { return nil }
        let gives = (0..<PQnfields(description)).map { PQftype(description, $0) }
        let numbers: [Oid] = declared.isNumbered ? [20] : []
        return gives == columns.map { objectIDs[$0.type] ?? 0 } + numbers ? nil : "\(declared.name) gives \(gives)"
    }

    /// The type of a parameter. In rows, each is an array, and a list is a literal in it.
    private static func oid(of parameter: ColumnModel, inRows: Bool) -> Oid {
        let type: ColumnType = parameter.isList && inRows ? .text : parameter.type
        return (parameter.isList || inRows ? arrayIDs : objectIDs)[type] ?? 0
    }

    /// The ids of the types (`pg_type.oid`).
    private static let objectIDs: [ColumnType: Oid] = [
        .bool: 16, .bytes: 17, .integer: 20, .text: 25, .real: 701, .timestamp: 1184, .identifier: 2950,
    ]

    /// The ids of the array types.
    private static let arrayIDs: [ColumnType: Oid] = [
        .bool: 1000, .bytes: 1001, .integer: 1016, .text: 1009, .real: 1022, .timestamp: 1185, .identifier: 2951,
    ]
}
