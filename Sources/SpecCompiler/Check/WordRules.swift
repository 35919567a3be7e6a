/// Checks URLs, e-mail addresses, servers and dialects.
struct WordRules {
    private let objects: SpecObjects
    var findings = Findings()

    init(_ objects: SpecObjects) {
        self.objects = objects
    }

    private static let addresses: [(kind: ObjectKind, keyword: String)] = [
        (.info, "termsOfService"), (.contact, "url"), (.license, "url"), (.externalDocs, "url"),
        (.securityScheme, "openIdConnectUrl"), (.oauthFlow, "authorizationUrl"), (.oauthFlow, "tokenUrl"),
        (.oauthFlow, "refreshUrl"),
    ]

    mutating func check() {
        for (kind, keyword) in Self.addresses {
            for address in objects.all(kind).compactMap({ $0[keyword] }) { checkAddress(address) }
        }
        for email in objects.all(.contact).compactMap({ $0["email"] }) {
            guard let text = email.string, FormatCheck.expectation(of: text, "email") != nil else { continue }
            findings.error("address", "'\(text)' is not a valid e-mail address", at: email.location)
        }
        for server in objects.all(.server) { checkServer(server) }
        checkServedPath()
        for variable in objects.all(.serverVariable) { checkVariable(variable) }
        checkDialects()
    }

    private mutating func checkAddress(_ address: Node) {
        guard let text = address.string else { return }
        let allowed = Array("-._~:/?#[]@!$&'()*+,;=%".utf8)
        let isAddress = text.utf8.allSatisfy { byte in
            byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 || allowed.contains(byte)
        }
        guard !isAddress else { return }
        findings.error("address", "'\(text)' is not a valid URL", at: address.location)
    }

    // MARK: Servers

    private mutating func checkServer(_ server: Node) {
        guard let url = server["url"], let text = url.string else { return }
        let names = text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != "}" })
        }
        for name in names where server["variables"]?[name] == nil {
            findings.error(
                "server", "the server's URL names the variable '\(name)', which is not declared", at: url.location,
                help: Suggestion.help(for: name, among: server["variables"]?.members.map(\.key) ?? []))
        }
    }

    /// The operations are served under the path of the root's first server: other paths are not.
    private mutating func checkServedPath() {
        let servers = objects.documents.root["servers"]?.items ?? []
        let served = ServerPath(servers.first)
        if let issue = PathTemplate(served.text.isEmpty ? "/" : served.text).issue,
            let url = servers.first?["url"]
        {
            findings.error("server", issue.message, at: url.location, help: issue.help)
        }
        let others = (objects.all(.pathItem) + objects.all(.operation)).flatMap { $0["servers"]?.items ?? [] }
        for server in servers.dropFirst() + others where ServerPath(server).text != served.text {
            findings.warning(
                "server", "nothing is served under this path; the operations are under '\(served.text)/'",
                at: server["url"]?.location ?? server.location,
                notes: servers.first.map { [Diagnostic.Note("the first server is here", at: $0.location)] } ?? [])
        }
    }

    private mutating func checkVariable(_ variable: Node) {
        guard let choices = variable["enum"], let value = variable["default"], let text = value.string else { return }
        guard !choices.items.contains(where: { $0.string == text }) else { return }
        // OpenAPI 3.0 says "should", 3.1 "must".
        findings.add(
            objects.edition == .v30 ? .warning : .error, "server",
            "the default '\(text)' is not one of the variable's values", at: value.location,
            notes: [Diagnostic.Note("the values are here", at: choices.location)])
    }

    // MARK: Dialects

    private static let dialects = [
        "https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base",
    ]

    private mutating func checkDialects() {
        let named = [objects.documents.root["jsonSchemaDialect"]] + objects.all(.schema).map { $0["$schema"] }
        for dialect in named.compactMap({ $0 }) {
            guard let text = dialect.string,
                !Self.dialects.contains(text.hasSuffix("#") ? String(text.dropLast()) : text)
            else { continue }
            findings.error(
                "keyword-unsupported", "the JSON Schema dialect '\(text)' is not supported; 2020-12 is",
                at: dialect.location)
        }
    }
}
