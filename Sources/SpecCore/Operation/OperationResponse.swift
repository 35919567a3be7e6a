public import NIOCore

/// The response of an operation, before the server adds its own header fields.
public struct OperationResponse: Sendable {
    /// The source of the body's bytes.
    public enum Body: Sendable {
        case empty
        case bytes(ByteBuffer)
        /// Pieces, streamed as they are made; each `write` waits until the client has read enough of the previous ones.
        case stream(length: Int?, @Sendable (any BodyWriter) async throws -> Void)
    }

    public var status: Int
    public var contentType: StaticString?
    public var fields: HeaderFields
    public var body: Body {
        // Another body has other places.
        didSet { signedURLs = nil }
    }
    /// The URLs in the body that are signed when the response leaves; nil if there are none. Set them after the
    /// body.
    public var signedURLs: SignedURLs?
    /// The ids that a stored response is made from or belongs to; nil for most operations.
    public var origin: ResponseOrigin?

    @inlinable public init(
        _ status: Int, contentType: StaticString? = nil, fields: HeaderFields = HeaderFields(), body: Body = .empty,
        signedURLs: SignedURLs? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.fields = fields
        self.body = body
        self.signedURLs = signedURLs
    }

    /// A response with a JSON body that is a model.
    /// - Parameter viewer: the viewer for whom URLs are signed; nil for the caller.
    @inlinable public static func json(
        _ status: Int, _ value: some JSONWritable, fields: HeaderFields = HeaderFields(),
        contentType: StaticString = "application/json", viewer: Identifier? = nil
    ) -> OperationResponse {
        var json = JSONWriter()
        value.write(to: &json)
        return OperationResponse(status, contentType: contentType, fields: fields, json: json, viewer: viewer)
    }
}

extension OperationResponse {
    /// A response with a JSON body that is not a model, such as a list.
    /// - Parameter viewer: the viewer for whom URLs are signed; nil for the caller.
    @inlinable public static func json(
        _ status: Int, fields: HeaderFields = HeaderFields(), contentType: StaticString = "application/json",
        viewer: Identifier? = nil, _ write: (inout JSONWriter) -> Void
    ) -> OperationResponse {
        var json = JSONWriter()
        write(&json)
        return OperationResponse(status, contentType: contentType, fields: fields, json: json, viewer: viewer)
    }

    @inlinable init(
        _ status: Int, contentType: StaticString, fields: HeaderFields, json: consuming JSONWriter, viewer: Identifier?
    ) {
        let signedURLs = json.signedURLs.map { SignedURLs(places: $0, viewer: viewer) }
        self.init(
            status, contentType: contentType, fields: fields, body: .bytes(json.finish()), signedURLs: signedURLs)
    }
}

/// The ids behind a response that is stored under an idempotency key. Generated from `x-idempotency`.
public final class ResponseOrigin: Sendable {
    /// The id that the service makes the body anew from (`body: reload`).
    public let subject: Identifier?
    /// The user that the response belongs to (`user`); nil: it belongs to the caller.
    public let user: Identifier?

    public init(subject: Identifier? = nil, user: Identifier? = nil) {
        self.subject = subject
        self.user = user
    }
}

extension OperationResponse {
    /// Returns the response with the ids behind it.
    public func from(subject: Identifier? = nil, user: Identifier? = nil) -> OperationResponse {
        var response = self
        response.origin = ResponseOrigin(subject: subject, user: user)
        return response
    }
}

/// Writes the pieces of a streamed response.
public protocol BodyWriter: Sendable {
    func write(_ bytes: ByteBuffer) async throws
}
