/// The kinds of media types that the compiler distinguishes.
enum MediaType {
    static func isJSON(_ text: String) -> Bool {
        let type = text.lowercased().split(separator: ";").first.map { $0.filter { $0 != " " } } ?? ""
        return type == "application/json" || type.hasSuffix("+json")
    }

    static func isForm(_ text: String) -> Bool { isMultipart(text) || isURLEncoded(text) }

    static func isMultipart(_ text: String) -> Bool { name(of: text) == "multipart/form-data" }

    static func isURLEncoded(_ text: String) -> Bool { name(of: text) == "application/x-www-form-urlencoded" }

    static func isText(_ text: String) -> Bool { name(of: text).hasPrefix("text/") && !text.contains("*") }

    private static func name(of text: String) -> String {
        String(text.lowercased().prefix { $0 != ";" && $0 != " " })
    }
}
