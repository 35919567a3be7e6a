import NIOCore

/// The text of a header field whose schema has no type.
public enum HeaderText {
    /// A string as it is, any other value as JSON.
    public static func of(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        var json = JSONWriter()
        value.write(to: &json)
        return String(buffer: json.finish())
    }
}
