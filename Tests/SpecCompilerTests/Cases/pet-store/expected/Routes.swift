// Generated from the spec. Edit the spec instead.

package import SpecCore

/// The way from requests to services.
package enum Routes {
    /// The limits of the root, for requests that no operation answers.
    package static let limits: [RateLimit] = []

    /// An endpoint for each operation, in the order of the spec.
    package static func endpoints(pets: some PetsService, `default`: some DefaultService) -> [Endpoint] {
        [
            ListPets.endpoint(pets),
            AddPet.endpoint(pets),
            GetPet.endpoint(pets),
            ChangePet.endpoint(pets),
            PutPhoto.endpoint(pets),
            OpeningHours.endpoint(`default`),
        ]
    }
}
