/// Media types as far as the compiler tells them apart.
enum MediaType {
    static func isJSON(_ text: String) -> Bool {
        let type = text.lowercased().split(separator: ";").first.map { $0.filter { $0 != " " } } ?? ""
        return type == "application/json" || type.hasSuffix("+json")
    }

    static func isForm(_ text: String) -> Bool {
        text.lowercased().prefix { $0 != ";" && $0 != " " } == "multipart/form-data"
    }
}
