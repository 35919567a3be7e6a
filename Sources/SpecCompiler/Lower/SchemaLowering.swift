/// Makes types of schemas: names each once, and follows their use in requests and in answers.
struct SchemaLowering {
    /// Who makes a value: a client (we read it) or we (we write it).
    enum Direction {
        case read, write
    }

    private struct Key: Hashable {
        let reference: Reference
        /// Told apart only where the two sides of a schema differ.
        let direction: Direction?
    }

    let documents: SpecDocuments
    private(set) var patterns: [PatternModel] = []
    private(set) var diagnostics: [Diagnostic] = []
    private var models: [Key: Model] = [:]
    private var names: [Key: String] = [:]
    private var taken: Set<String>
    private var splits: [Reference: Bool] = [:]
    /// Schemas without a name of their own that are being lowered: one that holds itself ends here.
    private var open: Set<Reference> = []

    init(documents: SpecDocuments, taken: Set<String>) {
        self.documents = documents
        self.taken = taken
    }

    /// The models in the order of their names, with cycles of values broken.
    var finishedModels: [Model] {
        Boxing.box(models.values.sorted { $0.name < $1.name })
    }

    func model(named name: String) -> Model? { models.values.first { $0.name == name } }

    /// The type of a schema where it is used; `hint` names it if it has no name of its own.
    mutating func use(_ node: Node, at reference: Reference, _ direction: Direction, hint: String) -> TypeUse {
        guard case .success(let target) = documents.follow(node, at: reference) else { return .any }
        let flat = FlatSchema(node, at: reference, in: documents)
        let owner = flat.hasRules(beside: target.reference) ? reference : target.reference
        let type = bare(flat, at: owner, direction, hint: hint)
        return flat.isNullable ? .nullable(type) : type
    }

    private mutating func bare(
        _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        if let constant = flat["const"] { return .constant(scalar(flat), json: NodeText.json(constant)) }
        if let union = alternatives(flat) { return self.union(union, flat, at: reference, direction, hint: hint) }
        if let values = flat.enumeration { return enumeration(values, flat, at: reference, direction, hint: hint) }
        switch flat.type {
        case "object"?: return object(flat, at: reference, direction, hint: hint)
        case "array"?: return array(flat, at: reference, direction, hint: hint)
        default: return scalar(flat)
        }
    }

    // MARK: Scalars

    private mutating func scalar(_ flat: FlatSchema) -> TypeUse {
        let format = flat["format"]?.string
        switch flat.type ?? Self.type(of: flat["const"]) {
        case "string"?: return text(flat, format)
        case "integer"?: return .integer(bits: format == "int32" ? 32 : 64, numbers(flat))
        case "number"?: return .number(numbers(flat, isFraction: true))
        case "boolean"?: return .bool
        default: return .any
        }
    }

    private static func type(of value: Node?) -> String? {
        switch value?.value {
        case .string?: "string"
        case .integer?: "integer"
        case .number?: "number"
        case .bool?: "boolean"
        default: nil
        }
    }

    private mutating func text(_ flat: FlatSchema, _ format: String?) -> TypeUse {
        switch format {
        case "uuid"?: return .identifier
        case "date-time"?: return .timestamp
        case "date"?: return .date
        case "byte"?: return .bytes(textRule(flat, format: nil))
        case "email"?, "uri"?: return .text(textRule(flat, format: format))
        default: return .text(textRule(flat, format: nil))
        }
    }

    private mutating func textRule(_ flat: FlatSchema, format: String?) -> TextRuleModel {
        TextRuleModel(
            minimum: flat.all("minLength").compactMap(\.integer).max() ?? 0,
            maximum: flat.all("maxLength").compactMap(\.integer).min(),
            pattern: flat["pattern"].flatMap { pattern($0) }, format: format)
    }

    private mutating func pattern(_ node: Node) -> Int? {
        guard let source = node.string else { return nil }
        if let index = patterns.firstIndex(where: { $0.source == source }) { return index }
        switch PatternCompiler.compile(source) {
        case .success(let model):
            patterns.append(model)
            return patterns.count - 1
        case .failure(let error):
            diagnostics.append(Diagnostic(rule: "pattern", error.message, at: node.location))
            return nil
        }
    }

    private func numbers(_ flat: FlatSchema, isFraction: Bool = false) -> NumberRuleModel {
        func bound(_ keyword: String) -> String? {
            flat[keyword].flatMap { node in
                isFraction
                    ? node.number.map { "\($0)" } : node.integer.map(String.init) ?? node.number.map { "\(Int($0))" }
            }
        }
        var rule = NumberRuleModel(
            minimum: bound("minimum"), maximum: bound("maximum"), multipleOf: bound("multipleOf"))
        // A boolean is OpenAPI 3.0's way: it makes the other bound exclusive.
        if flat["exclusiveMinimum"]?.bool == true { (rule.minimum, rule.above) = (nil, rule.minimum) }
        if flat["exclusiveMaximum"]?.bool == true { (rule.maximum, rule.below) = (nil, rule.maximum) }
        rule.above = rule.above ?? bound("exclusiveMinimum")
        rule.below = rule.below ?? bound("exclusiveMaximum")
        return rule
    }

    // MARK: Lists, enums, unions

    private mutating func array(
        _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        var item = TypeUse.any
        if let items = flat.place("items"), open.insert(reference).inserted {
            item = use(items.node, at: items.reference, direction, hint: hint + "Item")
            open.remove(reference)
        }
        return .array(
            item, minimum: flat["minItems"]?.integer ?? 0, maximum: flat["maxItems"]?.integer,
            isUnique: flat["uniqueItems"]?.bool ?? false)
    }

    private mutating func enumeration(
        _ values: [Node], _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let values = values.filter { !$0.isNull }
        let texts = values.compactMap(\.string)
        guard texts.count == values.count, !texts.isEmpty else {
            return .choice(scalar(flat), json: values.map(NodeText.json))
        }
        return model(at: reference, direction, hint: hint, flat) { _, _ in
            var taken: Set<String> = ["self", "init", "Type"]
            return .enumeration(
                texts.map { EnumCase(text: $0, swiftName: SwiftNames.unique(SwiftNames.lower($0), in: &taken)) })
        }
    }

    private func alternatives(_ flat: FlatSchema) -> (list: [Node], reference: Reference, isExclusive: Bool)? {
        for keyword in ["oneOf", "anyOf"] {
            guard let place = flat.place(keyword), !place.node.items.isEmpty, !place.node.isListOfRequirements else {
                continue
            }
            return (place.node.items, place.reference, keyword == "oneOf")
        }
        return nil
    }

    private mutating func union(
        _ union: (list: [Node], reference: Reference, isExclusive: Bool), _ flat: FlatSchema,
        at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let places = union.list.enumerated().filter { $1["type"]?.string != "null" }
            .map { (node: $1, reference: union.reference.appending("\($0)")) }
        let hasNull = places.count < union.list.count
        if places.count == 1 {
            let only = use(places[0].node, at: places[0].reference, direction, hint: hint)
            return hasNull ? Self.nullable(only) : only
        }
        let type = model(at: reference, direction, hint: hint, flat) { lowering, name in
            lowering.unionShape(places, flat, direction, name: name, isExclusive: union.isExclusive)
        }
        return hasNull ? .nullable(type) : type
    }

    private static func nullable(_ type: TypeUse) -> TypeUse {
        if case .nullable = type { type } else { .nullable(type) }
    }

    private mutating func unionShape(
        _ places: [(node: Node, reference: Reference)], _ flat: FlatSchema, _ direction: Direction, name: String,
        isExclusive: Bool
    ) -> Model.Shape {
        let discriminator = flat["discriminator"]
        let mapping = (discriminator?["mapping"]?.members ?? []).map { ($0.key, target(of: $0.value)) }
        var taken: Set<String> = ["self", "init", "Type"]
        var alternatives: [UnionModel.Alternative] = []
        for (index, place) in places.enumerated() {
            let type = use(place.node, at: place.reference, direction, hint: "\(name)Alternative\(index + 1)")
            let reference = (try? documents.follow(place.node, at: place.reference).get())?.reference
            let mapped = mapping.filter { $0.1 == reference && reference != nil }.map(\.0)
            alternatives.append(
                UnionModel.Alternative(
                    swiftName: SwiftNames.unique(Self.caseName(type), in: &taken), type: type,
                    tags: mapped.isEmpty ? [reference?.lastName].compactMap { $0 } : mapped))
        }
        return .union(
            UnionModel(
                alternatives: alternatives, isExclusive: isExclusive,
                discriminator: discriminator?["propertyName"]?.string))
    }

    private func target(of text: Node) -> Reference? {
        guard case .success(let target) = documents.resolve(text).flatMap(documents.follow) else { return nil }
        return target.reference
    }

    private static func caseName(_ type: TypeUse) -> String {
        switch type {
        case .text: "text"
        case .integer: "integer"
        case .number: "number"
        case .bool: "bool"
        case .identifier: "identifier"
        case .timestamp: "timestamp"
        case .date: "date"
        case .bytes: "bytes"
        case .array: "list"
        case .dictionary: "dictionary"
        case .model(let name): SwiftNames.lower(name)
        case .nullable(let inner), .constant(let inner, _), .choice(let inner, _): caseName(inner)
        case .any: "value"
        }
    }

    // MARK: Objects

    private mutating func object(
        _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        if flat.properties.isEmpty, let additional = flat.place("additionalProperties"), additional.node.isMapping {
            guard open.insert(reference).inserted else { return .any }
            defer { open.remove(reference) }
            return .dictionary(use(additional.node, at: additional.reference, direction, hint: hint + "Value"))
        }
        if flat.properties.isEmpty, flat["additionalProperties"]?.bool != false { return .any }
        return model(at: reference, direction, hint: hint, flat) { lowering, name in
            .object(lowering.objectShape(flat, direction, name: name))
        }
    }

    private mutating func objectShape(_ flat: FlatSchema, _ direction: Direction, name: String) -> ObjectModel {
        var properties: [PropertyModel] = []
        var refused: [String] = []
        var taken: Set<String> = ["self", "init", "Type", "additional"]
        for property in flat.properties {
            let schema = FlatSchema(property.node, at: property.reference, in: documents)
            if schema["readOnly"]?.bool == true, direction == .read {
                refused.append(property.name)
            } else if schema["writeOnly"]?.bool != true || direction == .read {
                properties.append(self.property(property, schema, flat, direction, model: name, &taken))
            }
        }
        return ObjectModel(
            properties: properties, additional: additional(flat, direction, name), refused: refused,
            requirements: Self.requirements(flat))
    }

    private static func requirements(_ flat: FlatSchema) -> [[String]] {
        flat.all("anyOf").filter(\.isListOfRequirements).flatMap(\.items).map { item in
            (item["required"]?.items ?? []).compactMap(\.string)
        }
    }

    private mutating func property(
        _ property: FlatSchema.Property, _ schema: FlatSchema, _ flat: FlatSchema, _ direction: Direction,
        model: String, _ taken: inout Set<String>
    ) -> PropertyModel {
        let type = use(property.node, at: property.reference, direction, hint: model + SwiftNames.upper(property.name))
        let (bare, isNullable) = Self.unwrapped(type)
        var presence: PropertyModel.Presence
        if flat.required.contains(property.name) {
            presence = isNullable ? .requiredNullable : .required
        } else if let value = schema["default"], !value.isNull, let text = defaultText(value, bare) {
            presence = .defaulted(text)
        } else {
            presence = isNullable ? .optionalNullable : .optional
        }
        return PropertyModel(
            name: property.name, swiftName: SwiftNames.unique(SwiftNames.lower(property.name), in: &taken),
            documentation: SpecText.lines(property.node["description"]?.string), type: bare, presence: presence)
    }

    private static func unwrapped(_ type: TypeUse) -> (TypeUse, Bool) {
        if case .nullable(let inner) = type { (inner, true) } else { (type, false) }
    }

    private mutating func additional(_ flat: FlatSchema, _ direction: Direction, _ name: String)
        -> ObjectModel.Additional
    {
        if flat.all("additionalProperties").contains(where: { $0.bool == false }) { return .refused }
        guard let schema = flat.place("additionalProperties"), schema.node.isMapping else { return .ignored }
        return .kept(use(schema.node, at: schema.reference, direction, hint: name + "Value"))
    }

    /// The Swift expression of a default; nil where the type has no literal.
    mutating func defaultText(_ value: Node, _ type: TypeUse) -> String? {
        switch (type, value.value) {
        case (.text, .string(let text)): return SwiftLiteral.text(text)
        case (.integer, .integer(let number)): return "\(number)"
        case (.number, _): return value.number.map { "\($0)" }
        case (.bool, .bool(let flag)): return "\(flag)"
        case (.array, .sequence(let items)) where items.isEmpty: return "[]"
        case (.array(let item, _, _, _), .sequence(let items)):
            let texts = items.compactMap { defaultText($0, item) }
            return texts.count == items.count ? "[" + texts.joined(separator: ", ") + "]" : nil
        case (.model(let name), .string(let text)):
            guard case .enumeration(let cases)? = model(named: name)?.shape else { return nil }
            return cases.first { $0.text == text }.map { "." + SwiftLiteral.identifier($0.swiftName) }
        default: return nil
        }
    }

    // MARK: Names

    private mutating func model(
        at reference: Reference, _ direction: Direction, hint: String, _ flat: FlatSchema,
        _ shape: (inout SchemaLowering, String) -> Model.Shape
    ) -> TypeUse {
        var visited: Set<Reference> = []
        let isSplit = isSplit(reference, &visited)
        let key = Key(reference: reference, direction: isSplit ? direction : nil)
        let name = names[key] ?? claim(key, hint: hint)
        let known = models[key]
        if known.map({ direction == .read ? $0.isRead : $0.isWritten }) ?? false { return .model(name) }
        let isRead = direction == .read || known?.isRead ?? false
        let isWritten = direction == .write || known?.isWritten ?? false
        var model = Model(
            name: name, origin: "\(reference)", documentation: flat.documentation,
            shape: .enumeration([]), isRead: isRead, isWritten: isWritten)
        models[key] = model
        model.shape = shape(&self, name)
        models[key] = model
        return .model(name)
    }

    private mutating func claim(_ key: Key, hint: String) -> String {
        let own =
            key.reference.pointer.split(separator: "/").count <= 1
            || key.reference.pointer.hasPrefix("/components/schemas/")
                && key.reference.pointer.split(separator: "/").count == 3
        let stem = key.reference.file.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? hint
        var name = SwiftNames.upper(own ? key.reference.lastName ?? stem : hint)
        if key.direction == .read { name += "Input" }
        if SwiftNames.reserved.contains(name) || taken.contains(name) { name += "Model" }
        name = SwiftNames.unique(name, in: &taken)
        names[key] = name
        return name
    }

    /// Whether the schema, or one that it holds, has members for one direction only.
    private mutating func isSplit(_ reference: Reference, _ visited: inout Set<Reference>) -> Bool {
        if let known = splits[reference] { return known }
        guard visited.insert(reference).inserted,
            let node = documents.node(at: reference)
        else { return false }
        let answer = isSplit(node, reference, &visited, depth: 0)
        splits[reference] = answer
        return answer
    }

    private mutating func isSplit(
        _ node: Node, _ reference: Reference, _ visited: inout Set<Reference>, depth: Int
    ) -> Bool {
        guard depth < 64 else { return false }
        if node["readOnly"]?.bool == true || node["writeOnly"]?.bool == true { return true }
        if node["$ref"]?.string != nil, case .success(let target) = documents.follow(node, at: reference) {
            if isSplit(target.reference, &visited) { return true }
        }
        for keyword in ["items", "additionalProperties"] {
            if let inner = node[keyword], inner.isMapping,
                isSplit(inner, reference.appending(keyword), &visited, depth: depth + 1)
            {
                return true
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for (index, inner) in (node[keyword]?.items ?? []).enumerated()
            where isSplit(inner, reference.appending(keyword).appending("\(index)"), &visited, depth: depth + 1) {
                return true
            }
        }
        for member in node["properties"]?.members ?? []
        where isSplit(member.value, reference.appending("properties").appending(member.key), &visited, depth: depth + 1)
        {
            return true
        }
        return false
    }
}
