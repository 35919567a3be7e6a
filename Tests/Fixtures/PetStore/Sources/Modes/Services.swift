import SpecCore

/// A service in the target of its contract, in a file with the name of a generated one.
struct Hours: DefaultService {
    func openingHours(_ input: OpeningHours.Input, _ context: Context) async throws -> OpeningHours.Output { .ok([:]) }
}
