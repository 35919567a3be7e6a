import SpecCore

/// Request id and trace context: correlate a request with log lines of the server and the client.
struct TracePolicy: ImmediatePolicy {
    private static let requestIDCharactersMax = 128

    private let ids = RequestIDs()

    func hooks(for operation: Operation?) -> PolicyHooks { .beforeCaller }

    func beforeCaller(_ exchange: inout Exchange) { begin(&exchange) }

    /// Gives the request its id, and its response the trace context.
    func begin(_ exchange: inout Exchange) {
        let fields = exchange.head.fields
        let given = fields["x-request-id"]
        exchange.requestID = given.flatMap { Self.isRequestID($0) ? $0 : nil } ?? ids.next()
        guard let parent = fields["traceparent"] else { return }
        let traceparent = Self.isTraceparent(parent) ? parent : ids.traceparent()
        exchange.responseFields.append("traceparent", traceparent)
    }

    private static func isRequestID(_ text: String) -> Bool {
        (1...requestIDCharactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2E || byte == 0x5F || byte == 0x2D
            }
    }

    /// True for W3C Trace Context, version 00: `00-<32 hex>-<16 hex>-<2 hex>`, with ids that are not all zeros. Any
    /// other value starts a new trace.
    private static func isTraceparent(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [2, 32, 16, 2] && parts[0] != "ff"
            && parts.allSatisfy { $0.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 } }
            && parts[1...2].allSatisfy { $0.contains { $0 != "0" } }
    }
}
