/// The keywords of the objects around schemas.
enum DocumentGrammar {
    static let table: [ObjectKind: [Keyword]] = root.merging(paths) { first, _ in first }
        .merging(messages) { first, _ in first }.merging(security) { first, _ in first }

    /// The maximum of tokens and of seconds (about 31 years).
    private static let countMax = 1_000_000_000
    /// The maximum length of a body: 1 TiB.
    private static let bytesMax = 1 << 40

    private static let description = Keyword.documentation("description", .text)
    private static let docs = Keyword.documentation("externalDocs", .object(.externalDocs))
    private static let servers = Keyword.documentation("servers", .list(.object(.server)))

    private static let root: [ObjectKind: [Keyword]] = [
        .document: [
            .typed("openapi", .text), .typed("info", .object(.info)), servers, .typed("paths", .object(.paths)),
            .typed("components", .object(.components)), .typed("security", .list(.object(.securityRequirement))),
            .typed("tags", .list(.object(.tag))), docs, .refused("webhooks", .v31),
            .documentation("jsonSchemaDialect", .text, .v31), .typed("x-swift", .object(.swift)),
            .typed("x-spec", .object(.spec)),
            .enforced("x-rate-limit", .list(.object(.rateLimit))),
        ],
        .info: [
            .typed("title", .text), .typed("version", .text), .documentation("summary", .text, .v31), description,
            .documentation("termsOfService", .text), .documentation("contact", .object(.contact)),
            .documentation("license", .object(.license)),
        ],
        .contact: [.documentation("name", .text), .documentation("url", .text), .documentation("email", .text)],
        .license: [
            .documentation("name", .text), .documentation("url", .text),
            .documentation("identifier", .text, .v31, help: "write the licence's 'url'"),
        ],
        .server: [
            .documentation("url", .text), description,
            .documentation("variables", .map(.object(.serverVariable))),
        ],
        .serverVariable: [
            .documentation("enum", .list(.text)), .documentation("default", .text), description,
        ],
        .externalDocs: [.documentation("url", .text), description],
        .xml: [
            .documentation("name", .text), .documentation("namespace", .text), .documentation("prefix", .text),
            .documentation("attribute", .bool), .documentation("wrapped", .bool),
        ],
        .tag: [.typed("name", .text), description, docs],
        .components: [
            .typed("schemas", .components(.place(.schema))), .typed("responses", .components(.place(.response))),
            .typed("parameters", .components(.place(.parameter))),
            .documentation("examples", .components(.place(.example))),
            .typed("requestBodies", .components(.place(.requestBody))),
            .typed("headers", .components(.place(.header))),
            .typed("securitySchemes", .components(.place(.securityScheme))),
            .documentation("links", .components(.place(.link))), .refused("callbacks"),
            .typed("pathItems", .components(.object(.pathItem)), .v31, help: "write it under 'paths'"),
        ],
        .spec: [.typed("strict", .bool)],
        .swift: [.typed("access", .word(GenerateOptions.Access.allCases.map(\.rawValue)))],
    ]

    private static let paths: [ObjectKind: [Keyword]] = [
        .pathItem: OperationNode.methods.map { .typed($0, .object(.operation)) } + [
            .typed("$ref", .text), .documentation("summary", .text), description, servers,
            .typed("parameters", .list(.place(.parameter))),
        ],
        .operation: [
            .typed("tags", .list(.text)), .documentation("summary", .text), description, docs,
            .typed("operationId", .text), .typed("parameters", .list(.place(.parameter))),
            .typed("requestBody", .place(.requestBody)), .typed("responses", .object(.responses)),
            .refused("callbacks"), .documentation("deprecated", .bool),
            .enforced("security", .list(.object(.securityRequirement))), servers,
            .enforced("x-rate-limit", .list(.object(.rateLimit))), .enforced("x-body-bytes-max", .upTo(bytesMax)),
            .enforced("x-idempotency", .object(.idempotency)),
        ],
        .rateLimit: [
            .enforced("name", .text), .enforced("burst", .upTo(countMax)), .enforced("refill", .upTo(countMax)),
            .enforced("counts", .any), .enforced("key", .list(.text)), .enforced("replaces", .list(.text)),
            .enforced("fail", .word(["open", "closed"])), .enforced("when", .text),
        ],
        .idempotency: [
            .enforced("keepSeconds", .upTo(countMax)), .enforced("scope", .word(["caller", "address-prefix"])),
            .enforced("body", .word(["reload"])), .enforced("user", .text),
        ],
    ]

    private static let parameterWords: [Keyword] = [
        description, .enforced("required", .bool), .documentation("deprecated", .bool),
        .typed("style", .text), .typed("explode", .bool), .typed("schema", .place(.schema)),
        .documentation("example", .any), .documentation("examples", .map(.place(.example))),
        .refused("content", help: "describe the value by a 'schema'"),
    ]

    private static let messages: [ObjectKind: [Keyword]] = [
        .parameter: parameterWords + [
            .typed("name", .text), .typed("in", .word(["path", "query", "header", "cookie"])),
            .typed("allowEmptyValue", .bool), .typed("allowReserved", .bool),
        ],
        .header: parameterWords + [.typed("allowEmptyValue", .bool), .typed("allowReserved", .bool)],
        .requestBody: [
            description, .typed("content", .map(.object(.mediaType))), .enforced("required", .bool),
            .enforced("x-body-bytes-max", .upTo(bytesMax)),
        ],
        .mediaType: [
            .typed("schema", .place(.schema)), .documentation("example", .any),
            .documentation("examples", .map(.place(.example))), .refused("encoding"),
        ],
        .response: [
            description, .typed("headers", .map(.place(.header))), .typed("content", .map(.object(.mediaType))),
            .documentation("links", .map(.place(.link))), .typed("x-problem-codes", .namesOrTexts),
        ],
        .example: [
            .documentation("summary", .text), description, .documentation("value", .any),
            .documentation("externalValue", .text),
        ],
        .link: [
            .documentation("operationRef", .text), .documentation("operationId", .text),
            .documentation("parameters", .map(.any)), .documentation("requestBody", .any), description,
            .documentation("server", .object(.server)),
        ],
    ]

    private static let flow: [Keyword] = [
        .documentation("authorizationUrl", .text), .documentation("tokenUrl", .text),
        .documentation("refreshUrl", .text), .typed("scopes", .map(.text)),
    ]

    private static let security: [ObjectKind: [Keyword]] = [
        .securityScheme: [
            .enforced("type", .word(["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])), description,
            .enforced("name", .text), .enforced("in", .word(["query", "header", "cookie"])),
            .enforced("scheme", .text), .documentation("bearerFormat", .text), .typed("flows", .object(.oauthFlows)),
            .documentation("openIdConnectUrl", .text),
        ],
        .oauthFlows: ["implicit", "password", "clientCredentials", "authorizationCode"].map {
            .typed($0, .object(.oauthFlow))
        },
        .oauthFlow: flow,
    ]
}
