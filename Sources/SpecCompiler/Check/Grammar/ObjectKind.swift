/// The objects of an OpenAPI document that have keywords of their own.
enum ObjectKind: Sendable, Hashable, CaseIterable {
    case document, info, contact, license, server, serverVariable, components, paths, pathItem, operation
    case externalDocs, parameter, requestBody, mediaType, encoding, responses, response, callback, example, link
    case header, tag, schema, discriminator, xml, securityRequirement, securityScheme, oauthFlows, oauthFlow
    case swift, rateLimit, idempotency

    /// How messages call such an object.
    var noun: String {
        switch self {
        case .document: "the document"
        case .info: "'info'"
        case .contact: "'contact'"
        case .license: "'license'"
        case .server: "a server"
        case .serverVariable: "a server variable"
        case .components: "'components'"
        case .paths: "'paths'"
        case .pathItem: "a path item"
        case .operation: "an operation"
        case .externalDocs: "'externalDocs'"
        case .parameter: "a parameter"
        case .requestBody: "a request body"
        case .mediaType: "a media type"
        case .encoding: "an encoding"
        case .responses: "'responses'"
        case .response: "a response"
        case .callback: "a callback"
        case .example: "an example"
        case .link: "a link"
        case .header: "a header"
        case .tag: "a tag"
        case .schema: "a schema"
        case .discriminator: "a discriminator"
        case .xml: "'xml'"
        case .securityRequirement: "a security requirement"
        case .securityScheme: "a security scheme"
        case .oauthFlows: "'flows'"
        case .oauthFlow: "a flow"
        case .swift: "'x-swift'"
        case .rateLimit: "a rate limit"
        case .idempotency: "'x-idempotency'"
        }
    }

    /// What the keys are that the author chooses, where they are not keywords.
    var names: ValueShape? {
        switch self {
        case .paths: .object(.pathItem)
        case .responses: .place(.response)
        case .callback: .place(.pathItem)
        case .securityRequirement: .list(.text)
        default: nil
        }
    }

    /// Whether a `$ref` of its own may stand among its keywords, and not only in its place.
    var mayBeReference: Bool { self == .pathItem || self == .schema }

    /// Keywords without which the object means nothing.
    func required(in edition: Edition) -> [String] {
        switch self {
        case .info: ["title", "version"]
        case .license, .tag: ["name"]
        case .securityScheme: ["type"]
        case .server, .externalDocs: ["url"]
        case .serverVariable: ["default"]
        case .operation: ["responses"]
        case .parameter: ["name", "in"]
        case .requestBody: ["content"]
        case .response: ["description"]
        case .discriminator: ["propertyName"]
        case .rateLimit: ["name", "burst", "refill", "counts", "key"]
        case .idempotency: ["keepSeconds", "scope"]
        case .oauthFlow: ["scopes"]
        default: []
        }
    }
}

/// The editions of OpenAPI that are read.
enum Edition: String, Sendable {
    case v30 = "3.0"
    case v31 = "3.1"

    var other: Edition { self == .v30 ? .v31 : .v30 }
}
