/// The finding for a key that its mapping already has, in YAML and JSON alike.
enum DuplicateKey {
    static func diagnostic(_ key: String, at location: Location, first: Location) -> Diagnostic {
        Diagnostic(
            rule: "duplicate-key", "the key '\(key)' is declared twice", at: location,
            notes: [Diagnostic.Note("first declared here", at: first)])
    }
}
