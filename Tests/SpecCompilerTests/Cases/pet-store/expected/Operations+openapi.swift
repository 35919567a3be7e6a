// Generated from the spec. Edit the spec instead.

package import SpecCore

/// GET /opening-hours
///
/// When the shop is open
package enum OpeningHours {
    /// What the client sends.
    package struct Input: Sendable {
        package init() {
        }
    }

    /// What the service answers.
    package enum Output: Sendable {
        /// 200: The hours of each day.
        case ok([String: String])
    }

    /// What the server knows of it before the input is read.
    package static let operation = Operation(
        id: "openingHours", method: .get, path: "/opening-hours",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        problems: [])

    /// Leads a request to the service and its output back.
    static func endpoint(_ service: some DefaultService) -> Endpoint {
        Endpoint(operation) { incoming in
            let input = try await read(incoming)
            return answer(try await service.openingHours(input, incoming.context))
        }
    }

    private static func read(_ incoming: Incoming) async throws -> Input {
        let parameters = ParameterReader(incoming)
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input()
    }

    private static func answer(_ output: Output) -> Answer {
        switch output {
        case .ok(let value):
            return .json(200) { json in
                json.beginObject()
                for (key, value) in value.sorted(by: { $0.key < $1.key }) {
                    json.key(text: key)
                    json.text(value)
                }
                json.endObject()
            }
        }
    }
}
