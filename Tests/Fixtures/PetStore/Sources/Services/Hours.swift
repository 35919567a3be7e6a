import Contract
import SpecCore

/// Opening hours of the shop.
package struct Hours: DefaultService {
    private static let hours = ["monday": "9 to 5", "tuesday": "9 to 1"]

    package init() {}

    package func openingHours(_ input: OpeningHours.Input, _ context: Context) async throws -> OpeningHours.Output {
        guard let day = input.day?.rawValue else { return .ok(Self.hours) }
        guard let hours = Self.hours[day] else {
            return .default(status: 404, OpeningHoursDefault(reason: "The shop is closed on \(day)."))
        }
        return .ok([day: hours])
    }
}
