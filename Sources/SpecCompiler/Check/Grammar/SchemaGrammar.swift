/// The keywords of a Schema Object.
enum SchemaGrammar {
    /// The values of `type`.
    static let types = ["string", "integer", "number", "boolean", "array", "object", "null"]

    static let keywords: [Keyword] =
        shapes + bounds + combinations + words + [
            .refused("not"), .refused("if"), .refused("then"), .refused("else"),
            .refused("contains", .v31), .refused("minContains", .v31), .refused("maxContains", .v31),
            .refused("patternProperties", .v31), .refused("propertyNames", .v31),
            .refused("dependentSchemas", .v31), .refused("dependentRequired", .v31),
            .refused("dependencies", .v31), .refused("unevaluatedProperties", .v31),
            .refused("unevaluatedItems", .v31),
            .refused("prefixItems", .v31, help: "use an object with a property for each item"),
            .refused("additionalItems", .v31), .refused("minProperties"), .refused("maxProperties"),
            .refused("$dynamicRef", .v31), .refused("$dynamicAnchor", .v31), .refused("$recursiveRef", .v31),
            .refused("$recursiveAnchor", .v31), .refused("$vocabulary", .v31),
            .refused("$anchor", .v31, help: "refer to the schema by its JSON Pointer"),
            .refused("$id", .v31, help: "refer to the schema by its path"),
            .refused("definitions", .v31, help: "use '$defs'"), .refused("contentSchema", .v31),
        ]

    private static let shapes: [Keyword] = [
        .typed("$ref", .text),
        .typed("$defs", .map(.place(.schema)), .v31, help: "put the schema into components/schemas"),
        .typed("type", .types),
        .typed("format", .text),
        .typed("properties", .map(.place(.schema))),
        .typed("items", .place(.schema)),
        .enforced("required", .list(.text)),
        .enforced("additionalProperties", .schemaOrFlag),
        .typed("nullable", .bool, .v30, help: "write the type as a list, such as type: [string, 'null']"),
        .typed("readOnly", .bool),
        .typed("writeOnly", .bool),
        .typed("x-signed", .text),
        .typed("default", .any),
        .enforced("enum", .list(.any)),
        .enforced("const", .any, .v31, help: "write an enum of one value"),
    ]

    private static let bounds: [Keyword] = [
        .enforced("minLength", .count),
        .enforced("maxLength", .count),
        .enforced("pattern", .text),
        .enforced("minimum", .number),
        .enforced("maximum", .number),
        .enforced("exclusiveMinimum", .number, .v31, help: "write the bound itself, in place of 'minimum'"),
        .enforced("exclusiveMinimum", .bool, .v30, help: "write true, and the bound as 'minimum'"),
        .enforced("exclusiveMaximum", .number, .v31, help: "write the bound itself, in place of 'maximum'"),
        .enforced("exclusiveMaximum", .bool, .v30, help: "write true, and the bound as 'maximum'"),
        .enforced("multipleOf", .number),
        .enforced("minItems", .count),
        .enforced("maxItems", .count),
        .enforced("uniqueItems", .bool),
    ]

    private static let combinations: [Keyword] = [
        .enforced("allOf", .list(.place(.schema))),
        .enforced("oneOf", .list(.place(.schema))),
        .enforced("anyOf", .list(.place(.schema))),
        .typed("discriminator", .object(.discriminator)),
    ]

    private static let words: [Keyword] = [
        .documentation("title", .text),
        .documentation("description", .text),
        .documentation("example", .any),
        .documentation("examples", .list(.any), .v31, help: "write one 'example'"),
        .documentation("deprecated", .bool),
        // XML is not read or written by generated code: such bodies are the service's own.
        .documentation("xml", .object(.xml)),
        .documentation("externalDocs", .object(.externalDocs)),
        .documentation("$comment", .text, .v31, help: "write a YAML comment"),
        .documentation("$schema", .text, .v31),
        .documentation("contentMediaType", .text, .v31),
        .documentation("contentEncoding", .text, .v31),
    ]

    static let discriminator: [Keyword] = [
        .typed("propertyName", .text),
        .typed("mapping", .map(.text)),
    ]
}
