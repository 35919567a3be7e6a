import SpecCore
import SpecServer

/// Adds the time that a request took to its response (W3C Server Timing), for the developer tools of browsers.
struct ServerTiming: ImmediatePolicy {
    func hooks(for operation: SpecCore.Operation?) -> PolicyHooks { operation == nil ? [] : .beforeSending }

    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) {
        let passed = exchange.start.duration(to: .now).components
        let microseconds = passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000
        response.fields.append("Server-Timing", "total;dur=\(Double(microseconds) / 1_000)")
    }
}
