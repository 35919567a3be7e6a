/// Forms whose parts cannot be read as they are declared.
struct FormRules {
    let objects: SpecObjects
    let views: SchemaViews
    var findings = Findings()

    init(_ objects: SpecObjects, _ views: SchemaViews) {
        self.objects = objects
        self.views = views
    }

    mutating func check() {
        for body in objects.all(.requestBody) {
            for type in body["content"]?.members ?? [] where MediaType.isForm(type.key) {
                if let schema = type.value["schema"] { checkForm(schema) }
            }
        }
    }

    private mutating func checkForm(_ schema: Node) {
        let form = views.view(schema)
        guard form.valueTypes == ["object"], form.alternatives.isEmpty else {
            return findings.error(
                "form", "a form is an object whose properties are its parts", at: schema.location)
        }
        for additional in form.all("additionalProperties") where additional.value.isMapping {
            refuse("parts of any name are not read yet", additional.keyLocation, "write additionalProperties: false")
        }
        var file: Node.Member?
        for part in form.properties {
            let view = views.view(part.value)
            guard Self.isFile(view) else {
                checkField(part, view)
                continue
            }
            checkFile(view)
            if let file {
                findings.error(
                    "keyword-unsupported", "a second file in a form is not read yet", at: part.keyLocation,
                    notes: [Diagnostic.Note("the first one is here", at: file.keyLocation)])
            }
            file = file ?? part
        }
    }

    private static func isFile(_ part: SchemaView) -> Bool {
        part["format"]?.value.string == "binary" || part.has("contentMediaType") && !part.has("contentEncoding")
    }

    private mutating func checkFile(_ part: SchemaView) {
        for keyword in ["pattern", "enum", "const", "default"] {
            guard let member = part[keyword] else { continue }
            refuse("'\(keyword)' of a file is not enforced yet", member.keyLocation)
        }
    }

    // MARK: Fields

    private mutating func checkField(_ part: Node.Member, _ view: SchemaView) {
        if !view.alternatives.filter({ $0["type"]?.string != "null" }).isEmpty {
            return refuse("a part of several alternatives is not read yet", part.value.location)
        }
        guard let types = view.valueTypes, types.count == 1 else {
            return findings.error(
                "form", "a part needs one type", at: part.keyLocation,
                help: "a file is type: string with format: binary")
        }
        guard types.contains("array"), let items = view["items"]?.value else { return }
        let item = views.view(items)
        if Self.isFile(item) {
            refuse("a list of files is not read yet", items.location)
        } else if item.valueTypes?.isDisjoint(with: ["array", "object"]) != true || !item.alternatives.isEmpty {
            refuse("a list in a form holds only plain values yet", items.location)
        }
    }

    private mutating func refuse(_ message: String, _ location: Location, _ help: String? = nil) {
        findings.error("keyword-unsupported", message, at: location, help: help)
    }
}
