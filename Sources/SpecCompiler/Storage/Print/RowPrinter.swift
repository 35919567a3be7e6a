/// Prints a struct that is read from a row.
struct RowPrinter {
    let name: String
    let columns: [ColumnModel]
    let access: String

    func print(to swift: inout SwiftText) {
        swift.block("\(access)struct \(name): Sendable, Equatable {") { swift in
            printEnums(to: &swift)
            for column in columns {
                swift.line("\(access)var \(SwiftLiteral.identifier(column.swiftName)): \(column.swiftType)")
            }
            swift.line()
            printInitializer(to: &swift)
            swift.line()
            printReader(to: &swift)
        }
    }

    /// The enums of the row's own columns.
    private func printEnums(to swift: inout SwiftText) {
        for column in columns {
            guard let words = column.words, words.swiftName.hasPrefix(name + ".") else { continue }
            swift.line("/// The words of `\(column.name)`.")
            swift.block("\(access)enum \(words.ownName): String, SQLEnum {") { swift in
                for word in words.words {
                    let name = SwiftNames.lower(word)
                    let value = name == word ? "" : " = \(SwiftLiteral.text(word))"
                    swift.line("case \(SwiftLiteral.identifier(name))\(value)")
                }
            }
            swift.line()
        }
    }

    private func printInitializer(to swift: inout SwiftText) {
        let parameters = columns.map { "\(SwiftLiteral.identifier($0.swiftName)): \($0.swiftType)" }
        swift.block("\(access)init(\(parameters.joined(separator: ", "))) {") { swift in
            for column in columns {
                let name = SwiftLiteral.identifier(column.swiftName)
                swift.line("self.\(name) = \(name)")
            }
        }
    }

    private func printReader(to swift: inout SwiftText) {
        swift.block("@Sendable static func read(_ row: any RowColumns) throws -> \(name) {") { swift in
            swift.block("\(name)(", end: ")") { swift in
                for (index, column) in columns.enumerated() {
                    let end = index == columns.count - 1 ? "" : ","
                    swift.line(
                        "\(SwiftLiteral.label(column.swiftName)): try \(column.swiftType).read(row, at: \(index))\(end)"
                    )
                }
            }
        }
    }
}
