public import NIOCore

/// What goes back to the client, before the server adds its own fields.
public struct Answer: Sendable {
    /// How the bytes of the body come about.
    public enum Body: Sendable {
        case empty
        case bytes(ByteBuffer)
        /// Pieces as they are made; each `write` waits until the client has taken enough of what came before.
        case stream(length: Int?, @Sendable (any AnswerWriter) async throws -> Void)
    }

    public var status: Int
    public var contentType: StaticString?
    public var fields: HeaderFields
    public var body: Body

    @inlinable public init(
        _ status: Int, contentType: StaticString? = nil, fields: HeaderFields = HeaderFields(), body: Body = .empty
    ) {
        self.status = status
        self.contentType = contentType
        self.fields = fields
        self.body = body
    }

    /// An answer with a JSON body, written by the model itself.
    @inlinable public static func json(
        _ status: Int, _ value: some JSONWritable, fields: HeaderFields = HeaderFields(),
        contentType: StaticString = "application/json"
    ) -> Answer {
        var json = JSONWriter()
        value.write(to: &json)
        return Answer(status, contentType: contentType, fields: fields, body: .bytes(json.finish()))
    }
}

extension Answer {
    /// An answer with a JSON body that is no model, such as a list.
    @inlinable public static func json(
        _ status: Int, fields: HeaderFields = HeaderFields(), contentType: StaticString = "application/json",
        _ write: (inout JSONWriter) -> Void
    ) -> Answer {
        var json = JSONWriter()
        write(&json)
        return Answer(status, contentType: contentType, fields: fields, body: .bytes(json.finish()))
    }
}

/// Takes the pieces of a streamed answer.
public protocol AnswerWriter: Sendable {
    func write(_ bytes: ByteBuffer) async throws
}
