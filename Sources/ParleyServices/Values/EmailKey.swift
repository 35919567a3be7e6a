/// How addresses are compared: without case.
enum EmailKey {
    static func of(_ email: String) -> String { email.lowercased() }
}
