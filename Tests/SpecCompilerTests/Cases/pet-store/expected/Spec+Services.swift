// Generated from the spec. Edit the spec instead.

#if hasFeature(InternalImportsByDefault)
package import SpecCore
#else
import SpecCore
#endif

/// The problem codes of the spec.
extension ProblemCode {
    /// There is an animal of this name already.
    package static let nameTaken = ProblemCode(409, "name-taken", "There is an animal of this name already.")
}

/// The animals of the shop.
package protocol PetsService: Sendable {
    /// Look around
    func listPets(_ input: ListPets.Input, _ context: Context) async throws -> ListPets.Output

    /// Take in an animal
    ///
    /// - Throws: ``Problem`` `name-taken` (409).
    func addPet(_ input: AddPet.Input, _ context: Context) async throws -> AddPet.Output

    /// Look at one
    ///
    /// - Throws: ``Problem`` `not-found` (404).
    func getPet(_ input: GetPet.Input, _ context: Context) async throws -> GetPet.Output

    /// Change what is known
    ///
    /// - Throws: ``Problem`` `not-found` (404).
    func changePet(_ input: ChangePet.Input, _ context: Context) async throws -> ChangePet.Output

    /// Keep a picture
    func putPhoto(_ input: PutPhoto.Input, _ context: Context) async throws -> PutPhoto.Output
}

/// The operations of the tag Default.
package protocol DefaultService: Sendable {
    /// When the shop is open
    func openingHours(_ input: OpeningHours.Input, _ context: Context) async throws -> OpeningHours.Output
}
