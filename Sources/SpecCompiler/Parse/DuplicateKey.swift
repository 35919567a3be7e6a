/// The finding for a duplicate key in YAML or JSON.
enum DuplicateKey {
    static func diagnostic(_ key: String, at location: Location, first: Location) -> Diagnostic {
        Diagnostic(
            rule: "duplicate-key", "the key '\(key)' is declared twice", at: location,
            notes: [Diagnostic.Note("first declared here", at: first)])
    }
}
