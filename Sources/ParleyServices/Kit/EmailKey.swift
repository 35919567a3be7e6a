/// Case-insensitive key of an e-mail address.
enum EmailKey {
    static func of(_ email: String) -> String { email.lowercased() }
}
