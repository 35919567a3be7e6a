/// Determines the OpenAPI edition of the root document, and rejects unsupported ones.
struct RootRule {
    let root: Node
    let file: SourceFile?
    var findings = Findings()

    init(root: Node, file: SourceFile?) {
        self.root = root
        self.file = file
    }

    private var beginning: Location { file?.beginning ?? root.location }

    /// The edition, or nil if the rest of the document cannot be checked.
    mutating func check() -> Edition? {
        if let swagger = root.member("swagger") {
            findings.error(
                "swagger-2", "Swagger 2 is not supported; OpenAPI 3.0 and 3.1 are", at: swagger.keyLocation,
                help: "convert it, for example with swagger2openapi")
            return nil
        }
        guard let openapi = root.member("openapi") else {
            findings.error(
                "document-shape", "this is not an OpenAPI document: 'openapi' is missing", at: beginning,
                help: "begin it with 'openapi: 3.1.0'")
            return nil
        }
        guard let edition = edition(openapi.value) else { return nil }
        for name in missing(edition) {
            findings.error("document-shape", "the document has no '\(name)'", at: beginning)
        }
        return edition
    }

    private mutating func edition(_ version: Node) -> Edition? {
        let help = "write 'openapi: 3.1.0'"
        guard let text = version.string else {
            let isNumber = version.number != nil
            findings.error(
                "openapi-version",
                isNumber
                    ? "the version must be text with three parts, not a number"
                    : "the version must be text, such as 3.1.0",
                at: version.location, help: help)
            return nil
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count >= 3, let edition = Edition(rawValue: parts[0...1].joined(separator: ".")) { return edition }
        findings.error(
            "openapi-version", "OpenAPI '\(text)' is not supported; 3.0 and 3.1 are",
            at: version.location, help: help)
        return nil
    }

    /// True if another key is a misspelling of this one, which the grammar reports.
    private func isMisspelt(_ name: String) -> Bool {
        let names = Grammar.keywords(of: .document).map(\.name)
        return root.members.contains { member in
            !names.contains(member.key) && !member.key.hasPrefix("x-")
                && (Suggestion.nearest(member.key, among: names) ?? Misplaced(member.key, in: .document).parent) == name
        }
    }

    /// The required keywords that are missing. An OpenAPI 3.1 document may contain only components.
    private func missing(_ edition: Edition) -> [String] {
        let isLibrary = edition == .v31 && (root["components"] != nil || root["webhooks"] != nil)
        return (isLibrary ? ["info"] : ["info", "paths"]).filter { root[$0] == nil && !isMisspelt($0) }
    }
}
