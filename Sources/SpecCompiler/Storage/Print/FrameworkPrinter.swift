/// Prints the statements of the framework's tables.
struct FrameworkPrinter {
    let framework: FrameworkModel
    let access: String

    func print(to swift: inout SwiftText) {
        let features = FrameworkStatements(framework).features
        guard !features.isEmpty else { return }
        swift.line()
        swift.line("/// The framework's own tables, as `framework` of `schema.yaml` asks for them.")
        swift.block("\(access)enum FrameworkTables {") { swift in
            for (index, feature) in features.enumerated() {
                if index > 0 { swift.line() }
                print(feature, to: &swift)
            }
        }
    }

    /// The lines of the list of all statements.
    var statements: [String] {
        FrameworkStatements(framework).features.flatMap { feature in
            feature.entries.filter { $0.texts[.postgres] != nil }.map { entry in
                let name = "\(feature.constant).\(entry.label)"
                let text = "FrameworkTables.\(name)" + (entry.texts[.sqlite] == nil ? "" : ".postgres")
                return "StatementText(\(SwiftLiteral.text(name)), \(text)),"
            }
        }
    }

    private func print(_ feature: FrameworkStatements.Feature, to swift: inout SwiftText) {
        swift.line("/// The tables of `\(feature.name)`.")
        swift.block("\(access)static let \(feature.constant) = \(feature.type)(", end: ")") { swift in
            for (index, entry) in feature.entries.enumerated() {
                let end = index == feature.entries.count - 1 ? "" : ","
                print(entry, end: end, to: &swift)
            }
        }
    }

    private func print(_ entry: FrameworkStatements.Entry, end: String, to swift: inout SwiftText) {
        if let sqlite = entry.texts[.sqlite], let postgres = entry.texts[.postgres] {
            swift.line("\(entry.label): SQLText(")
            swift.literal("    sqlite: ", sqlite, ",")
            swift.literal("    postgres: ", postgres, ")\(end)")
        } else {
            let text = entry.texts[.sqlite] ?? entry.texts[.postgres] ?? ""
            swift.literal("\(entry.label): ", text, end)
        }
    }
}
