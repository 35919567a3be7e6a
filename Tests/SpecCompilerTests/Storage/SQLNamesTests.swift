import Testing

@testable import SpecCompiler

/// The names that PostgreSQL gives to constraints, which a later migration must know.
@Suite struct SQLNamesTests {
    @Test func areThoseOfPostgreSQL() {
        #expect(SQLNames.key("users") == "users_pkey")
        #expect(SQLNames.unique("users", ["a", "b"]) == "users_a_b_key")
        #expect(SQLNames.reference("users", "parent_id") == "users_parent_id_fkey")
    }

    /// The expected names are those of PostgreSQL 15.
    @Test func loseTheEndOfTheLongerPart() {
        let table = "a_table_with_a_name_that_is_quite_long_indeed_for_a_table"
        let column = "a_column_with_a_long_name_too"
        #expect(SQLNames.key(table) == "a_table_with_a_name_that_is_quite_long_indeed_for_a_table_pkey")
        #expect(SQLNames.unique(table, [column]) == "a_table_with_a_name_that_is_q_a_column_with_a_long_name_too_key")
        #expect(SQLNames.reference(table, column) == "a_table_with_a_name_that_is_q_a_column_with_a_long_name_to_fkey")
    }
}
