extension SecurityAlternativeModel.Scheme {
    /// The scheme of `components/securitySchemes` with this name, or nil if there is none.
    init?(named name: String, in documents: SpecDocuments) {
        let place = documents.reference(toDocument: documents.rootPath).appending("components")
            .appending("securitySchemes").appending(name)
        guard let node = documents.root["components"]?["securitySchemes"]?[name],
            case .success(let scheme) = documents.follow(node, at: place)
        else { return nil }
        let field = scheme.node["name"]?.string ?? ""
        switch (scheme.node["type"]?.string, scheme.node["in"]?.string) {
        case ("apiKey", "header"):
            self.init(name: name, carrier: ".header(\(SwiftLiteral.text(field.lowercased())))")
        case ("apiKey", "query"):
            self.init(name: name, carrier: ".query(\(SwiftLiteral.text(field)))", queryName: field)
        case ("apiKey", "cookie"): self.init(name: name, carrier: ".cookie(\(SwiftLiteral.text(field)))")
        default:
            let isBasic = scheme.node["scheme"]?.string?.lowercased() == "basic"
            self.init(name: name, carrier: isBasic ? ".basic" : ".bearer")
        }
    }
}
