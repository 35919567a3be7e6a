/// What a target may choose about the Swift that is generated for it.
package struct GenerateOptions: Sendable {
    /// Who may use the generated declarations.
    package enum Access: String, Sendable, CaseIterable {
        case `internal`, package, `public`
    }

    package var access = Access.package
    package var plan: OutputPlan

    package init(plan: OutputPlan) {
        self.plan = plan
    }
}

/// The names of the generated files: fixed before the spec is read, because a build plans with them.
package struct OutputPlan: Sendable {
    /// The files into which all models are distributed.
    package let shards: Int
    /// All names that may be written.
    package let names: [String]

    private static let fixed = [
        "Services.swift", "Routes.swift", "Patterns.swift", "Tables.swift", "Queries.swift", "Migrations.swift",
        "Documents.swift",
    ]

    /// The plan for a spec of these documents (paths inside its folder).
    package init(documents: [String], shards: Int) {
        self.shards = shards
        let operations = Set(documents.filter(Self.mayHoldOperations).map(Self.operations))
        names = operations.sorted() + Self.fixed + (0..<shards).map(Self.models)
    }

    /// The file for the operations of a document; that of the root document when the plan has none of its own.
    package func operationsFile(for document: String, root: String) -> String {
        let name = Self.operations(document)
        return names.contains(name) ? name : Self.operations(root)
    }

    /// The file for a model: the same one in every build, because the hash of its name says which.
    package func modelsFile(for name: String) -> String {
        // FNV-1a: stable across runs, unlike Swift's own hash.
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return Self.models(Int(hash % UInt64(shards)))
    }

    /// Tables, events, queries and models have files of their own.
    private static func mayHoldOperations(_ path: String) -> Bool {
        guard let ending = path.split(separator: ".").last, ["yaml", "yml", "json"].contains(ending) else {
            return false
        }
        let folder = path.split(separator: "/").first.map(String.init) ?? ""
        return !["schema.yaml", "events.yaml", "schemas", "queries", "migrations"].contains(folder)
    }

    /// `paths/messages.yaml` gives `Operations+paths_messages.swift`.
    private static func operations(_ path: String) -> String {
        let stem = path.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
        let safe = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
        return "Operations+\(String(safe)).swift"
    }

    private static func models(_ shard: Int) -> String {
        "Models+\(shard < 10 ? "0" : "")\(shard).swift"
    }
}
