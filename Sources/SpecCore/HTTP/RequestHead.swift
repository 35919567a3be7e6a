/// The method, target and header fields of a request.
public struct RequestHead: Sendable {
    /// The method; nil if OpenAPI does not know it.
    public let method: Method?
    /// The request target as sent: path and query.
    public let target: String
    public let fields: HeaderFields

    public init(method: Method?, target: String, fields: HeaderFields) {
        self.method = method
        self.target = target
        self.fields = fields
    }

    /// The path without query.
    public var path: String {
        target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
    }
}
