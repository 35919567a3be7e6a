import SpecCore

/// What ties a request to its log lines, here and at the client.
struct Trace: Sendable {
    private static let requestIDCharactersMax = 128

    let requestID: String
    private let traceparent: String?

    init(_ fields: HeaderFields, _ ids: RequestIDs) {
        let given = fields["x-request-id"]
        requestID = given.flatMap { Trace.isRequestID($0) ? $0 : nil } ?? ids.next()
        traceparent = fields["traceparent"].map { Trace.isTraceparent($0) ? $0 : ids.traceparent() }
    }

    private static func isRequestID(_ text: String) -> Bool {
        (1...requestIDCharactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2E || byte == 0x5F || byte == 0x2D
            }
    }

    /// W3C Trace Context, version 00: `00-<32 hex>-<16 hex>-<2 hex>`; ids of zeros are none. What is none of these
    /// begins a new trace.
    private static func isTraceparent(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [2, 32, 16, 2] && parts[0] != "ff"
            && parts.allSatisfy { $0.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 } }
            && parts[1...2].allSatisfy { $0.contains { $0 != "0" } }
    }

    func addFields(to answer: inout Answer) {
        if let traceparent { answer.fields.append("traceparent", traceparent) }
    }
}
