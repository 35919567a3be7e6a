// Generated from the spec. Edit the spec instead.

#if hasFeature(InternalImportsByDefault)
package import SpecCore
#else
import SpecCore
#endif

/// GET /opening-hours
///
/// When the shop is open
package enum OpeningHours {
    /// The input of the operation.
    package struct Input: Sendable {
        package init() {
        }
    }

    /// The output of the operation.
    package enum Output: Sendable {
        /// 200: The hours of each day.
        case ok([String: String])
    }

    /// Metadata of the operation.
    package static let operation = Operation(
        id: "openingHours", method: .get, path: "/opening-hours",
        security: [],
        consumes: [],
        produces: ["application/json"],
        bodyBytesMax: 0, isBodyRequired: false,
        limits: [],
        problems: [])

    /// Decodes the request, calls the service, encodes the output.
    static func endpoint(_ service: some DefaultService) -> Endpoint {
        Endpoint(
            operation, decode: decode,
            handle: handle(service), encode: encode)
    }

    /// Calls the service.
    static func handle(
        _ service: some DefaultService
    ) -> @Sendable (Input, Context) async throws -> Output {
        { try await service.openingHours($0, $1) }
    }

    /// Reads the input and checks it against the schema.
    @Sendable static func decode(_ request: OperationRequest) async throws -> Input {
        let parameters = ParameterReader(request)
        let violations = parameters.violations
        guard violations.isEmpty else { throw violations.problem }
        return Input()
    }

    /// Writes the output as a response.
    @Sendable static func encode(_ output: Output) -> OperationResponse {
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
