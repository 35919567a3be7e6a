/// Makes the model of a form: which parts are fields, and which one is a file.
struct FormLowering {
    let documents: SpecDocuments
    let schema: Node
    let reference: Reference

    func lower(_ schemas: inout SchemaLowering, hint: String) -> FormModel {
        let flat = FlatSchema(schema, at: reference, in: documents)
        let ignoresUnknown = !flat.all("additionalProperties").contains { $0.bool == false }
        var form = FormModel(fields: [], file: nil, ignoresUnknown: ignoresUnknown)
        var taken: Set<String> = ["self", "init", "Type"]
        for property in flat.properties {
            let part = FlatSchema(property.node, at: property.reference, in: documents)
            let swiftName = SwiftNames.unique(SwiftNames.lower(property.name), in: &taken)
            let isRequired = flat.required.contains(property.name)
            if Self.isFile(part) {
                form.file = file(property, part, swiftName, isRequired)
            } else if part["readOnly"]?.bool != true {
                form.fields.append(field(property, part, swiftName, isRequired, &schemas, hint))
            }
        }
        return form
    }

    /// OpenAPI 3.0 says `format: binary`, 3.1 names the media type of what is not encoded.
    private static func isFile(_ part: FlatSchema) -> Bool {
        part["format"]?.string == "binary" || part["contentMediaType"] != nil && part["contentEncoding"] == nil
    }

    private func file(
        _ property: FlatSchema.Property, _ part: FlatSchema, _ swiftName: String, _ isRequired: Bool
    ) -> FormModel.File {
        FormModel.File(
            name: property.name, swiftName: swiftName,
            documentation: SpecText.lines(property.node["description"]?.string),
            minimum: part.all("minLength").compactMap(\.integer).max() ?? 0,
            maximum: part.all("maxLength").compactMap(\.integer).min(), isRequired: isRequired)
    }

    private func field(
        _ property: FlatSchema.Property, _ part: FlatSchema, _ swiftName: String, _ isRequired: Bool,
        _ schemas: inout SchemaLowering, _ hint: String
    ) -> FormModel.Field {
        var type = schemas.use(
            property.node, at: property.reference, .read, hint: hint + SwiftNames.upper(property.name))
        // A part is there or not; it has no null.
        if case .nullable(let inner) = type { type = inner }
        var presence = isRequired ? PropertyModel.Presence.required : .optional
        if !isRequired, let value = part["default"], let text = schemas.defaultText(value, type) {
            presence = .defaulted(text)
        }
        return FormModel.Field(
            name: property.name, swiftName: swiftName,
            documentation: SpecText.lines(property.node["description"]?.string), type: type,
            coding: part.type == "object" ? .json : .text, presence: presence)
    }
}

extension BodySize {
    /// For the heads of parts and the boundaries between them.
    private static let partBytes = 16_384
    /// The longest field; the run time has the same bound.
    private static let fieldBytes = 65_536

    static func bytesMax(of form: FormModel) -> Int {
        guard let file = form.file else { return unboundedBytes }
        guard let maximum = file.maximum else { return unboundedBytes }
        return maximum + partBytes + form.fields.count * (fieldBytes + partBytes)
    }
}
