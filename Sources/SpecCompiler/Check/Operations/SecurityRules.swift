/// Checks that every operation declares its security, by schemes that exist and are supported.
struct SecurityRules {
    let objects: SpecObjects
    var findings = Findings()
    private let schemes: [Node.Member]

    init(_ objects: SpecObjects) {
        self.objects = objects
        schemes = objects.documents.root["components"]?["securitySchemes"]?.members ?? []
    }

    mutating func check(_ operations: [OperationNode]) {
        for scheme in objects.all(.securityScheme) { checkScheme(scheme) }
        for (name, flow) in objects.all(.oauthFlows).flatMap({ $0.members.map { ($0.key, $0.value) } }) {
            checkFlow(name, flow)
        }
        for requirement in objects.all(.securityRequirement) { checkRequirement(requirement) }
        guard !schemes.isEmpty, objects.documents.root["security"] == nil else { return }
        for operation in operations where operation.node["security"] == nil {
            findings.lenient(
                "security-undecided", "this operation does not declare its security",
                at: operation.pathItem.member(operation.method)?.keyLocation ?? operation.node.location,
                notes: schemes.prefix(1).map {
                    Diagnostic.Note("a security scheme is declared here", at: $0.keyLocation)
                },
                help: "write 'security' here or at the root; security: [] allows unauthenticated requests")
        }
    }

    // MARK: Schemes

    private static let needed: [String: [String]] = [
        "apiKey": ["name", "in"], "http": ["scheme"], "oauth2": ["flows"], "openIdConnect": ["openIdConnectUrl"],
    ]

    private mutating func checkScheme(_ scheme: Node) {
        guard let type = scheme["type"], let text = type.string else { return }
        for name in Self.needed[text] ?? [] where scheme[name] == nil {
            findings.error(
                "keyword-missing", "a security scheme of the type '\(text)' needs '\(name)'", at: type.location)
        }
        if text == "apiKey", let name = scheme["name"], let key = name.string, scheme["in"]?.string != "query",
            !HTTPToken.isToken(key)
        {
            findings.error(
                "header-name", "\(NodeText.json(key)) cannot name a header or a cookie", at: name.location,
                help: "use letters, digits and any of !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)")
        }
        if text == "mutualTLS" {
            findings.error(
                "keyword-unsupported", "the security scheme 'mutualTLS' is not enforced yet", at: type.location)
        }
        if text == "http", let name = scheme["scheme"], let method = name.string,
            !["bearer", "basic"].contains(method.lowercased())
        {
            findings.error(
                "keyword-unsupported", "the HTTP scheme '\(method)' is not supported; bearer and basic are",
                at: name.location, help: Suggestion.help(for: method, among: ["bearer", "basic"]))
        }
    }

    private static let addresses: [String: [String]] = [
        "implicit": ["authorizationUrl"], "password": ["tokenUrl"], "clientCredentials": ["tokenUrl"],
        "authorizationCode": ["authorizationUrl", "tokenUrl"],
    ]

    private mutating func checkFlow(_ name: String, _ flow: Node) {
        for address in Self.addresses[name] ?? [] where flow.isMapping && flow[address] == nil {
            findings.error("keyword-missing", "the flow '\(name)' needs '\(address)'", at: flow.location)
        }
    }

    // MARK: Requirements

    private mutating func checkRequirement(_ requirement: Node) {
        for member in requirement.members {
            guard let declared = schemes.first(where: { $0.key == member.key }) else {
                findings.error(
                    "security-unknown", "the security scheme '\(member.key)' is not declared", at: member.keyLocation,
                    help: Suggestion.help(for: member.key, among: schemes.map(\.key))
                        ?? "declare it in components/securitySchemes")
                continue
            }
            guard let scheme = objects.target(of: declared.value) else { continue }
            for scope in member.value.items { checkScope(scope, scheme, declared) }
        }
    }

    private mutating func checkScope(_ scope: Node, _ scheme: Node, _ declared: Node.Member) {
        guard let text = scope.string else { return }
        let notes = [Diagnostic.Note("the scheme is declared here", at: declared.keyLocation)]
        switch scheme["type"]?.string {
        case "oauth2":
            let scopes = (scheme["flows"]?.members ?? []).flatMap { $0.value["scopes"]?.members.map(\.key) ?? [] }
            guard !scopes.contains(text) else { return }
            findings.error(
                "security-unknown", "the scheme '\(declared.key)' has no scope '\(text)'", at: scope.location,
                notes: notes, help: Suggestion.help(for: text, among: scopes))
        case "apiKey", "http":
            guard objects.edition == .v30 else { return }
            findings.error(
                "security-unknown", "in OpenAPI 3.0 only oauth2 and openIdConnect have scopes", at: scope.location,
                notes: notes)
        default: break
        }
    }
}
