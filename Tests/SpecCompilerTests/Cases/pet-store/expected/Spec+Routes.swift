// Generated from the spec. Edit the spec instead.

#if hasFeature(InternalImportsByDefault)
package import SpecCore
#else
import SpecCore
#endif

/// The endpoints of the spec, and its root rate limits.
package enum Routes {
    /// The root rate limits, for requests that match no operation.
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
