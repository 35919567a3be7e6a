/// Rejects forms whose parts cannot be decoded as declared.
struct FormRules {
    let objects: SpecObjects
    let folds: FoldedSchemas
    var findings = Findings()

    init(_ objects: SpecObjects, _ folds: FoldedSchemas) {
        self.objects = objects
        self.folds = folds
    }

    mutating func check() {
        for body in objects.all(.requestBody) {
            for type in body["content"]?.members ?? [] where MediaType.isForm(type.key) {
                if let schema = type.value["schema"] { checkForm(schema, MediaType.isURLEncoded(type.key)) }
            }
        }
    }

    private mutating func checkForm(_ schema: Node, _ isURLEncoded: Bool) {
        let form = folds.fold(schema)
        guard form.valueTypes == ["object"], form.alternatives.isEmpty else {
            return findings.error(
                "form", "a form is an object whose properties are its parts", at: schema.location)
        }
        for additional in form.members("additionalProperties") where additional.value.isMapping {
            refuse(
                "form parts with arbitrary names are not supported yet", additional.keyLocation,
                "write additionalProperties: false")
        }
        var file: Node.Member?
        for part in form.declaredProperties {
            let folded = folds.fold(part.value)
            guard Self.isFile(folded) else {
                checkField(part, folded)
                if isURLEncoded, folded.valueTypes == ["object"] {
                    refuse("an object in a URL-encoded form is not supported yet", part.keyLocation)
                }
                continue
            }
            if isURLEncoded {
                refuse("a URL-encoded form has no files", part.keyLocation, "use multipart/form-data")
            }
            checkFile(folded)
            if let file {
                findings.error(
                    "keyword-unsupported", "a second file in a form is not supported yet", at: part.keyLocation,
                    notes: [Diagnostic.Note("the first one is here", at: file.keyLocation)])
            }
            file = file ?? part
        }
    }

    private static func isFile(_ part: FoldedSchema) -> Bool {
        part["format"]?.string == "binary" || part.has("contentMediaType") && !part.has("contentEncoding")
    }

    private mutating func checkFile(_ part: FoldedSchema) {
        for keyword in ["pattern", "enum", "const", "default"] {
            guard let member = part.member(keyword) else { continue }
            refuse("'\(keyword)' of a file is not enforced yet", member.keyLocation)
        }
    }

    // MARK: Fields

    private mutating func checkField(_ part: Node.Member, _ folded: FoldedSchema) {
        if !folded.alternatives.filter({ $0["type"]?.string != "null" }).isEmpty {
            return refuse("a part of several alternatives is not supported yet", part.value.location)
        }
        guard let types = folded.valueTypes, types.count == 1 else {
            return findings.error(
                "form", "a part needs one type", at: part.keyLocation,
                help: "a file is type: string with format: binary")
        }
        guard types.contains("array"), let items = folded["items"] else { return }
        let item = folds.fold(items)
        if Self.isFile(item) {
            refuse("a list of files is not supported yet", items.location)
        } else if item.valueTypes?.isDisjoint(with: ["array", "object"]) != true || !item.alternatives.isEmpty {
            refuse("a list in a form can only contain plain values", items.location)
        }
    }

    private mutating func refuse(_ message: String, _ location: Location, _ help: String? = nil) {
        findings.error("keyword-unsupported", message, at: location, help: help)
    }
}
