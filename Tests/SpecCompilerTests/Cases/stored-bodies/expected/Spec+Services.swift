// Generated from the spec. Edit the spec instead.

import SpecCore

/// The operations of the tag Things.
protocol ThingsService: Sendable {
    /// addThing
    ///
    /// - Throws: ``Problem`` `idempotency-running` (409), `idempotency-mismatch` (422).
    func addThing(_ input: AddThing.Input, _ context: Context) async throws -> AddThing.Output

    /// Makes the output of `addThing` for a replay, from the id in the first response.
    func reloadAddThing(_ id: Identifier, _ context: Context) async throws -> AddThing.Output

    /// addOwned
    ///
    /// - Throws: ``Problem`` `idempotency-running` (409), `idempotency-mismatch` (422).
    func addOwned(_ input: AddOwned.Input, _ context: Context) async throws -> AddOwned.Output
}
