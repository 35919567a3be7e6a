import Foundation
import TestSupport

/// A named statement of `spec/queries`, as an engine would be asked for its plan.
struct SpecQuery: Sendable {
    /// `file.name`, as the generated statement is called.
    let name: String
    private let types: [(name: String, type: String)]
    private let sqlite: [String]
    private let postgres: [String]

    func statements(_ engine: Engine) -> [String] {
        switch engine {
        case .sqlite: sqlite
        case .postgres: postgres.map(numbered)
        }
    }

    /// `:name` as `$1::type`, and `:rows` as a table of arrays, as the compiler prints them.
    private func numbered(_ statement: String) -> String {
        let arrays = types.enumerated().map { "$\($0 + 1)::\(Self.postgresTypes[$1.type] ?? "text")[]" }
        let names = types.map { "\"\($0.name)\"" } + ["ordinal"]
        let table =
            "(SELECT * FROM unnest(\(arrays.joined(separator: ", "))) "
            + "WITH ORDINALITY AS write (\(names.joined(separator: ", "))))"
        var (text, rest) = ("", statement.replacing(":rows", with: table)[...])
        while let colon = rest.firstIndex(of: ":") {
            text += rest[..<colon]
            let name = rest[colon...].dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if let place = types.firstIndex(where: { $0.name == name }), text.last != ":" {
                text += "$\(place + 1)::\(Self.postgresTypes[types[place].type] ?? "text")"
                rest = rest[name.endIndex...]
            } else {
                // A cast.
                text += ":"
                rest = rest[colon...].dropFirst()
            }
        }
        return text + rest
    }

    private static let postgresTypes = [
        "identifier": "uuid", "text": "text", "timestamp": "timestamptz", "integer": "bigint", "bool": "boolean",
        "bytes": "bytea",
    ]

    /// All of them.
    static func all() throws -> [SpecQuery] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../spec/queries")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
            .flatMap { file in
                try String(contentsOf: file, encoding: .utf8).components(separatedBy: "-- name: ").dropFirst()
                    .map { SpecQuery(file.deletingPathExtension().lastPathComponent, $0) }
            }
    }

    /// - Parameter text: from the name to the next statement.
    private init(_ file: String, _ text: String) {
        var lines = text.split(separator: "\n").map(String.init)
        name = "\(file).\(lines.removeFirst())"
        var (types, texts, engines) = (
            [(name: String, type: String)](), ["sqlite": "", "postgres": ""], ["sqlite", "postgres"]
        )
        for line in lines {
            if line.hasPrefix("-- parameters: ") {
                types = line.dropFirst("-- parameters: ".count).components(separatedBy: ", ").map { pair in
                    let words = pair.split(separator: " ").map(String.init)
                    return (words[0], String(words[1].prefix { $0 != "?" }))
                }
            } else if line == "-- sqlite:" || line == "-- postgres:" {
                engines = [String(line.dropFirst(3).dropLast())]
            } else if !line.hasPrefix("--") {
                for engine in engines { texts[engine]? += line + "\n" }
            }
        }
        self.types = types
        sqlite = Self.statements(texts["sqlite"] ?? "")
        postgres = Self.statements(texts["postgres"] ?? "")
    }

    private static func statements(_ text: String) -> [String] {
        text.components(separatedBy: ";\n").filter { $0.contains { !$0.isWhitespace } }
    }
}
