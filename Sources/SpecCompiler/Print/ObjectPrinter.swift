/// Prints an object as a struct with its JSON reader and writer.
struct ObjectPrinter {
    let model: Model
    let object: ObjectModel
    let access: String

    func print(to swift: inout SwiftText) {
        printStruct(to: &swift)
        if model.isRead { printReader(to: &swift) }
        if model.isWritten { printWriter(to: &swift) }
        if model.isRead { printRules(to: &swift) }
    }

    // MARK: The struct

    private func printStruct(to swift: inout SwiftText) {
        swift.line()
        swift.documentation(model.documentation + (model.documentation.isEmpty ? ["From \(model.origin)."] : []))
        swift.block("\(access)struct \(model.name): Sendable, Equatable {") { swift in
            for property in object.properties { printProperty(property, to: &swift) }
            if let additional { swift.line("\(access)var additional: [String: \(additional.swift)]") }
            if !object.properties.isEmpty || additional != nil { swift.line() }
            printInitialiser(to: &swift)
        }
    }

    private var additional: TypeText? {
        if case .kept(let type) = object.additional { TypeText(type) } else { nil }
    }

    private func printProperty(_ property: PropertyModel, to swift: inout SwiftText) {
        let name = SwiftLiteral.identifier(property.swiftName)
        guard property.isBoxed else {
            swift.documentation(property.documentation)
            return swift.line("\(access)var \(name): \(type(property))")
        }
        let box = boxes[property.swiftName] ?? ""
        swift.line("private var \(box): \(type(property, of: "Boxed<\(TypeText(property.type).swift)>"))")
        swift.documentation(property.documentation)
        let map =
            property.presence == .required
            ? ("\(box).value", "Boxed(newValue)")
            : (
                property.presence == .optionalNullable ? "\(box).map(\\.value)" : "\(box)?.value",
                "newValue.map { Boxed($0) }"
            )
        swift.block("\(access)var \(name): \(type(property)) {") {
            $0.line("get { \(map.0) }")
            $0.line("set { \(box) = \(map.1) }")
        }
    }

    private func type(_ property: PropertyModel, of inner: String? = nil) -> String {
        let inner = inner ?? TypeText(property.type).swift
        switch property.presence {
        case .required, .defaulted: return inner
        case .requiredNullable, .optional: return inner + "?"
        case .optionalNullable: return "Field<\(inner)>"
        }
    }

    private func printInitialiser(to swift: inout SwiftText) {
        var parameters = object.properties.map { property in
            "\(SwiftLiteral.identifier(property.swiftName)): \(type(property))\(standard(property))"
        }
        if let additional { parameters.append("additional: [String: \(additional.swift)] = [:]") }
        swift.block("\(access)init(\(parameters.joined(separator: ", "))) {") { swift in
            for property in object.properties {
                let name = SwiftLiteral.identifier(property.swiftName)
                guard property.isBoxed else {
                    swift.line("self.\(name) = \(name)")
                    continue
                }
                let value = property.presence == .required ? "Boxed(\(name))" : "\(name).map { Boxed($0) }"
                swift.line("\(boxes[property.swiftName] ?? "") = \(value)")
            }
            if additional != nil { swift.line("self.additional = additional") }
        }
    }

    private func standard(_ property: PropertyModel) -> String {
        switch property.presence {
        case .required: TypeText(property.type).onlyValue.map { " = \($0)" } ?? ""
        case .requiredNullable: ""
        case .optional: " = nil"
        case .optionalNullable: " = .absent"
        case .defaulted(let text): " = \(text)"
        }
    }

    // MARK: Reading

    private static let locals: Set = ["json", "object", "mark", "member", "additional", "value"]

    private let names: LocalNames
    /// The stored properties behind boxed ones.
    private let boxes: [String: String]

    init(model: Model, object: ObjectModel, access: String) {
        self.model = model
        self.object = object
        self.access = access
        let members = object.properties.map(\.swiftName)
        names = LocalNames(members, besides: Self.locals)
        var taken = Set(members)
        boxes = object.properties.filter(\.isBoxed).reduce(into: [:]) { boxes, property in
            let name = "boxed" + SwiftNames.upper(property.swiftName)
            boxes[property.swiftName] = SwiftNames.unique(name, in: &taken)
        }
    }

    private func local(_ property: PropertyModel) -> String { names[property.swiftName] }

    private func printReader(to swift: inout SwiftText) {
        swift.line()
        swift.block("extension \(model.name): JSONReadable {") { swift in
            let head = "\(access)static func read(_ json: inout JSONReader) throws(JSONFault) -> \(model.name)? {"
            swift.block(head) { swift in
                swift.line("guard var object = try json.object() else { return nil }")
                swift.line("let mark = json.violations.count")
                for property in object.properties { swift.line("var \(local(property)): \(declared(property))") }
                if let additional { swift.line("var additional: [String: \(additional.swift)] = [:]") }
                printMembers(to: &swift)
                printRequirements(to: &swift)
                printResult(to: &swift)
            }
        }
    }

    private func declared(_ property: PropertyModel) -> String {
        let type = TypeText(property.type).swift
        switch property.presence {
        case .required, .optional: return "\(type)?"
        case .defaulted(let text): return "\(type)? = \(text)"
        case .requiredNullable: return "\(type)??"
        case .optionalNullable: return "Field<\(type)> = .absent"
        }
    }

    private func printMembers(to swift: inout SwiftText) {
        let loop = object.properties.isEmpty && object.refused.isEmpty && additional == nil
        guard !loop else {
            return swift.block("while try json.member(&object) != nil {") { $0.line("try json.\(otherwise)(&object)") }
        }
        swift.block("while let member = try json.member(&object) {") { swift in
            swift.line("switch member {")
            for (index, property) in object.properties.enumerated() { printCase(property, index, to: &swift) }
            for name in object.refused {
                swift.line("case \(SwiftLiteral.text(name)): try json.readOnly(&object)")
            }
            if let additional {
                swift.nested("default:") { swift in
                    swift.line("try json.onceByName(&object)")
                    swift.line("let name = json.name(of: object)")
                    swift.line("if let value = \(bindable(additional.read(rule: nil))) { additional[name] = value }")
                }
            } else {
                swift.line("default: try json.\(otherwise)(&object)")
            }
            swift.line("}")
        }
    }

    private var otherwise: String { object.additional == .refused ? "unknown" : "ignore" }

    private func printCase(_ property: PropertyModel, _ index: Int, to swift: inout SwiftText) {
        let type = TypeText(property.type)
        let read = type.read(rule: ruleName(property))
        swift.line("case \(SwiftLiteral.text(property.name)):")
        swift.line("    try json.once(\(index), &object)")
        switch property.presence {
        case .required, .optional, .defaulted: swift.line("    \(local(property)) = \(read)")
        case .requiredNullable:
            swift.line(
                "    if try json.null() { \(local(property)) = .some(nil) } else { \(local(property)) = \(read) }")
        case .optionalNullable:
            swift.line("    if try json.null() {")
            swift.line("        \(local(property)) = .null")
            swift.line("    } else if let value = \(bindable(read)) {")
            swift.line("        \(local(property)) = .value(value)")
            swift.line("    }")
        }
    }

    /// Parenthesizes an expression that ends in a closure, which Swift would parse as the body of the statement.
    private func bindable(_ read: String) -> String { read.hasSuffix("}") ? "(\(read))" : read }

    private var required: [(index: Int, property: PropertyModel)] {
        object.properties.enumerated().filter { $1.presence == .required || $1.presence == .requiredNullable }
            .map { (index: $0, property: $1) }
    }

    private func printRequirements(to swift: inout SwiftText) {
        printRequired(to: &swift)
        guard !object.requirements.isEmpty else { return }
        let masks = object.requirements.map { "0x" + String(mask($0), radix: 16) }.joined(separator: ", ")
        let names = object.requirements.map { "[" + $0.map(SwiftLiteral.text).joined(separator: ", ") + "]" }
        swift.line("json.requireAny([\(masks)], object, [\(names.joined(separator: ", "))])")
    }

    private func mask(_ names: [String]) -> UInt64 {
        object.properties.enumerated().filter { names.contains($1.name) }.reduce(0) { $0 | 1 << UInt64($1.offset) }
    }

    private func printRequired(to swift: inout SwiftText) {
        guard !required.isEmpty else { return }
        let mask = required.filter { $0.index < 64 }.reduce(UInt64(0)) { $0 | 1 << UInt64($1.index) }
        let names = required.map { "(\($0.index), \(SwiftLiteral.text($0.property.name)))" }.joined(separator: ", ")
        // Properties past the 64th are recorded by name, so the mask alone is not enough.
        let call = required.contains { $0.index >= 64 } ? "requireAll(" : "require(0x\(String(mask, radix: 16)), "
        swift.line("json.\(call)object, [\(names)])")
    }

    private func printResult(to swift: inout SwiftText) {
        let needed = object.properties.filter {
            switch $0.presence {
            case .required, .requiredNullable, .defaulted: true
            case .optional, .optionalNullable: false
            }
        }
        let bindings = needed.map { ", let \(local($0))" }.joined()
        swift.line("guard json.violations.count == mark\(bindings) else { return nil }")
        var arguments = object.properties.map { "\(SwiftLiteral.label($0.swiftName)): \(local($0))" }
        if additional != nil { arguments.append("additional: additional") }
        swift.line("return \(model.name)(\(arguments.joined(separator: ", ")))")
    }

    // MARK: Rules

    private func ruleName(_ property: PropertyModel) -> String? {
        TypeText(property.type).ruleText == nil
            ? nil : "\(model.rulesName).\(SwiftLiteral.identifier(property.swiftName))"
    }

    private func printRules(to swift: inout SwiftText) {
        let rules = object.properties.compactMap { property in
            TypeText(property.type).ruleText.map { (SwiftLiteral.identifier(property.swiftName), $0) }
        }
        guard !rules.isEmpty else { return }
        swift.line()
        swift.line("/// Validation rules of the members of ``\(model.name)``.")
        swift.block("private enum \(model.rulesName) {") { swift in
            for (name, text) in rules { swift.line("static let \(name) = \(text)") }
        }
    }

    // MARK: Writing

    private func printWriter(to swift: inout SwiftText) {
        swift.line()
        swift.block("extension \(model.name): JSONWritable {") { swift in
            swift.block("\(access)func write(to json: inout JSONWriter) {") { swift in
                swift.line("json.beginObject()")
                for property in object.properties { printMember(property, to: &swift) }
                if let additional {
                    swift.block("for (key, value) in additional.sorted(by: { $0.key < $1.key }) {") {
                        $0.line("json.key(text: key)")
                        additional.write("value", to: &$0)
                    }
                }
                swift.line("json.endObject()")
            }
        }
    }

    private func printMember(_ property: PropertyModel, to swift: inout SwiftText) {
        let type = TypeText(property.type)
        let name = "self.\(SwiftLiteral.identifier(property.swiftName))"
        let key = "json.key(\(SwiftLiteral.text(property.name)))"
        switch property.presence {
        case .required, .defaulted:
            swift.line(key)
            type.write(name, to: &swift)
        case .requiredNullable:
            swift.line(key)
            TypeText(.nullable(property.type)).write(name, to: &swift)
        case .optional:
            swift.block("if let present = \(name) {") {
                $0.line(key)
                type.write("present", to: &$0)
            }
        case .optionalNullable:
            swift.line("switch \(name) {")
            swift.line("case .absent: break")
            swift.line("case .null:")
            swift.line("    \(key)")
            swift.line("    json.null()")
            swift.nested("case .value(let present):") {
                $0.line(key)
                type.write("present", to: &$0)
            }
            swift.line("}")
        }
    }
}
