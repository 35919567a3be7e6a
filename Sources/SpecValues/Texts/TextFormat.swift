/// Formats of strings that stay text in Swift; the raw values are the spec's words. Formats with a type of their own (uuid, date-time, date, byte) are
/// parsed by the reader.
public enum TextFormat: String, Sendable {
    case email, uri
    case uriReference = "uri-reference"

    /// The description of the format in messages.
    public var expected: String {
        switch self {
        case .email: "an e-mail address, such as ada@example.org"
        case .uri: "an absolute URI, such as https://example.org/"
        case .uriReference: "a URI or a reference relative to one, such as /media/1"
        }
    }

    /// True if `text` has the format.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            switch self {
            case .email: EmailAddress.isValid(bytes)
            case .uri: AbsoluteURI.isValid(bytes)
            case .uriReference: AbsoluteURI.isReference(bytes)
            }
        }
    }
}
