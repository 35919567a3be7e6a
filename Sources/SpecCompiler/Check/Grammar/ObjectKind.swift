/// The objects of an OpenAPI document that have keywords of their own.
enum ObjectKind: Sendable, Hashable, CaseIterable {
    case document, info, contact, license, server, serverVariable, components, paths, pathItem, operation
    case externalDocs, parameter, requestBody, mediaType, encoding, responses, response, callback, example, link
    case header, tag, schema, discriminator, xml, securityRequirement, securityScheme, oauthFlows, oauthFlow
    case swift, spec, rateLimit, idempotency

    /// The noun for the object in messages.
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
        case .spec: "'x-spec'"
        case .rateLimit: "a rate limit"
        case .idempotency: "'x-idempotency'"
        }
    }

    /// The shape of the values, if the author chooses the keys; nil if the keys are keywords.
    var names: ValueShape? {
        switch self {
        case .paths: .object(.pathItem)
        case .responses: .place(.response)
        case .callback: .place(.pathItem)
        case .securityRequirement: .list(.text)
        default: nil
        }
    }

    /// True if `$ref` is one of the object's keywords, and not only a replacement for the object.
    var mayBeReference: Bool { self == .pathItem || self == .schema }

    /// The required keywords of the object.
    func required(in edition: Edition) -> [String] {
        switch self {
        case .info: ["title", "version"]
        case .license, .tag: ["name"]
        case .securityScheme: ["type"]
        case .server, .externalDocs: ["url"]
        case .serverVariable: ["default"]
        case .operation: edition == .v30 ? ["responses"] : []
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

/// The supported editions of OpenAPI.
enum Edition: String, Sendable {
    case v30 = "3.0"
    case v31 = "3.1"

    var other: Edition { self == .v30 ? .v31 : .v30 }
}
