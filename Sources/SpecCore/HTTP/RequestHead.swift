/// The head of a request.
public struct RequestHead: Sendable {
    public let method: Method
    /// The request target as sent: path and query.
    public let target: String
    public let fields: HeaderFields

    public init(method: Method, target: String, fields: HeaderFields) {
        self.method = method
        self.target = target
        self.fields = fields
    }
}
