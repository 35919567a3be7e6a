/// Prints an enum of strings.
struct EnumerationPrinter {
    let model: Model
    let cases: [EnumCase]
    let access: String

    func print(to swift: inout SwiftText) {
        swift.line()
        swift.documentation(model.documentation + (model.documentation.isEmpty ? ["From \(model.origin)."] : []))
        swift.block("\(access)enum \(model.name): String, Sendable, CaseIterable {") { swift in
            for item in cases {
                let name = SwiftLiteral.identifier(item.swiftName)
                swift.line(
                    item.swiftName == item.text ? "case \(name)" : "case \(name) = \(SwiftLiteral.text(item.text))")
            }
        }
        if model.isRead { printReader(to: &swift) }
        if model.isWritten { printWriter(to: &swift) }
    }

    private func printReader(to swift: inout SwiftText) {
        let expected = "one of: " + cases.map(\.text).joined(separator: ", ")
        swift.line()
        swift.block("extension \(model.name): JSONReadable {") { swift in
            let head = "\(access)static func read(_ json: inout JSONReader) throws(JSONFault) -> \(model.name)? {"
            swift.block(head) { swift in
                swift.line("try json.choice(\(model.name).self, \(SwiftLiteral.text(expected)))")
            }
        }
    }

    private func printWriter(to swift: inout SwiftText) {
        swift.line()
        swift.block("extension \(model.name): JSONWritable {") { swift in
            swift.line("\(access)func write(to json: inout JSONWriter) { json.text(rawValue) }")
        }
    }
}

/// Prints a union as an enum with a case per alternative.
struct UnionPrinter {
    let model: Model
    let union: UnionModel
    let access: String

    func print(to swift: inout SwiftText) {
        swift.line()
        swift.documentation(model.documentation + (model.documentation.isEmpty ? ["From \(model.origin)."] : []))
        swift.block("\(access)indirect enum \(model.name): Sendable, Equatable {") { swift in
            for item in union.alternatives { swift.line("case \(name(item))(\(TypeText(item.type).swift))") }
        }
        if model.isRead { printReader(to: &swift) }
        if model.isWritten { printWriter(to: &swift) }
    }

    private func name(_ item: UnionModel.Alternative) -> String { names[item.swiftName] }

    /// The names of the cases: a type that begins with a digit, or has no capital letters, would have the case's name.
    private var names: LocalNames {
        let types = union.alternatives.flatMap { TypeText($0.type).swift.split { "[]?: ".contains($0) } }
        return LocalNames(union.alternatives.map(\.swiftName), besides: Set(types.map(String.init)))
    }

    private func printReader(to swift: inout SwiftText) {
        swift.line()
        swift.block("extension \(model.name): JSONReadable {") { swift in
            let head = "\(access)static func read(_ json: inout JSONReader) throws(JSONFault) -> \(model.name)? {"
            swift.block(head) { swift in
                if let discriminator = union.discriminator {
                    printTagged(discriminator, to: &swift)
                } else {
                    printAttempts(to: &swift)
                }
            }
        }
    }

    private func printTagged(_ discriminator: String, to swift: inout SwiftText) {
        let tags = union.alternatives.flatMap(\.tags).map(SwiftLiteral.text).joined(separator: ", ")
        swift.line("switch try json.tag(\(SwiftLiteral.text(discriminator)), of: [\(tags)]) {")
        for item in union.alternatives where !item.tags.isEmpty {
            let tags = item.tags.map(SwiftLiteral.text).joined(separator: ", ")
            swift.line("case \(tags): return (\(TypeText(item.type).read(rule: nil))).map { .\(name(item))($0) }")
        }
        swift.line("default: return nil")
        swift.line("}")
    }

    private func printAttempts(to swift: inout SwiftText) {
        swift.line("var union = json.union()")
        swift.line("var found: \(model.name)?")
        for item in union.alternatives {
            swift.block("if let value = try json.attempt(&union, \(TypeText(item.type).closure)) {") {
                $0.line("found = found ?? .\(name(item))(value)")
            }
        }
        swift.line("return try json.finish(union, isExclusive: \(union.isExclusive)) ? found : nil")
    }

    private func printWriter(to swift: inout SwiftText) {
        swift.line()
        swift.block("extension \(model.name): JSONWritable {") { swift in
            swift.block("\(access)func write(to json: inout JSONWriter) {") { swift in
                swift.line("switch self {")
                for item in union.alternatives {
                    swift.nested("case .\(name(item))(let value):") { TypeText(item.type).write("value", to: &$0) }
                }
                swift.line("}")
            }
        }
    }
}
