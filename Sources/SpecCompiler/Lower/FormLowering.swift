/// Builds the model of a form: its fields and its file.
struct FormLowering {
    let documents: SpecDocuments
    let schema: Node
    let reference: Reference

    func lower(_ schemas: inout SchemaLowering, hint: String) -> FormModel {
        let folded = schemas.folds.fold(schema, at: reference)
        let ignoresUnknown = !folded.all("additionalProperties").contains { $0.bool == false }
        var form = FormModel(fields: [], file: nil, ignoresUnknown: ignoresUnknown)
        var taken: Set<String> = ["self", "init", "Type"]
        for property in folded.properties {
            let part = schemas.folds.fold(property.node, at: property.reference)
            let swiftName = SwiftNames.unique(SwiftNames.lower(property.name), in: &taken)
            let isRequired = folded.required.contains(property.name)
            if Self.isFile(part) {
                form.file = file(property, part, swiftName, isRequired)
            } else if part["readOnly"]?.bool != true {
                form.fields.append(field(property, part, swiftName, isRequired, &schemas, hint))
            }
        }
        return form
    }

    /// True for a file: `format: binary` in OpenAPI 3.0, `contentMediaType` without `contentEncoding` in 3.1.
    private static func isFile(_ part: FoldedSchema) -> Bool {
        part["format"]?.string == "binary" || part["contentMediaType"] != nil && part["contentEncoding"] == nil
    }

    private func file(
        _ property: FoldedSchema.Property, _ part: FoldedSchema, _ swiftName: String, _ isRequired: Bool
    ) -> FormModel.File {
        FormModel.File(
            name: property.name, swiftName: swiftName,
            documentation: SpecText.lines(property.node["description"]?.string),
            minimum: part.all("minLength").compactMap(\.integer).max() ?? 0,
            maximum: part.all("maxLength").compactMap(\.integer).min(), isRequired: isRequired)
    }

    private func field(
        _ property: FoldedSchema.Property, _ part: FoldedSchema, _ swiftName: String, _ isRequired: Bool,
        _ schemas: inout SchemaLowering, _ hint: String
    ) -> FormModel.Field {
        var type = schemas.use(
            property.node, at: property.reference, .read, hint: hint + SwiftNames.upper(property.name))
        // A part is present or absent; it cannot be null.
        if case .nullable(let inner) = type { type = inner }
        var presence = isRequired ? PropertyModel.Presence.required : .optional
        if !isRequired, let value = schemas.validDefault(part), let text = schemas.defaultText(value, type) {
            presence = .defaulted(text)
        }
        return FormModel.Field(
            name: property.name, swiftName: swiftName,
            documentation: SpecText.lines(property.node["description"]?.string), type: type,
            coding: part.type == "object" ? .json : .text, presence: presence)
    }
}

extension BodySize {
    /// The allowance for part headers and boundaries.
    private static let partBytes = 16_384
    /// The longest field in bytes; the run time has the same bound.
    private static let fieldBytes = 65_536

    static func bytesMax(of form: FormModel) -> Int {
        guard let file = form.file else { return unboundedBytes }
        guard let maximum = file.maximum, maximum < countedBytesMax else { return unboundedBytes }
        return maximum + partBytes + form.fields.count * (fieldBytes + partBytes)
    }
}
