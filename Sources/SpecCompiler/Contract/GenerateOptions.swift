/// Options of the generated Swift.
package struct GenerateOptions: Sendable {
    /// The access level of the generated declarations.
    package enum Access: String, Sendable, CaseIterable {
        case `internal`, package, `public`
    }

    /// The access level of the declarations; the spec's `x-swift` sets it.
    var access = Access.internal
    package var plan: OutputPlan

    package init(plan: OutputPlan) {
        self.plan = plan
    }
}

/// The names of the generated files, fixed before the spec is read because a build plans with its outputs.
package struct OutputPlan: Sendable {
    /// The number of files that the models are distributed over.
    package let shards: Int
    /// True if the operations are distributed over as many files.
    private let isSharded: Bool
    /// The names of all files that may be written.
    package let names: [String]

    private static let fixed = [
        "Services.swift", "Routes.swift", "Patterns.swift", "Tables.swift", "Queries.swift", "Migrations.swift",
        "Documents.swift",
    ]

    /// The beginning of every name, so that a target may have a `Services.swift` of its own.
    package static let prefix = "Spec+"

    /// Plans the files for a spec with these documents (paths inside its folder).
    package init(documents: [String], shards: Int) {
        self.shards = shards
        let holders = documents.filter(Self.mayHoldOperations)
        // A spec of one file has all its operations in it.
        isSharded = holders.count == 1 && shards > 1
        let operations = Set(
            isSharded
                ? holders.flatMap { path in (0..<shards).map { Self.operations(path, $0) } }
                : holders.map { Self.operations($0) })
        names = (operations.sorted() + Self.fixed + (0..<shards).map(Self.models)).map { Self.prefix + $0 }
    }

    /// The file for an operation of a document; of the root document if the plan has none for its own.
    package func operationsFile(for document: String, root: String, operation: String) -> String {
        if isSharded { return Self.operations(root, shard(of: operation)) }
        let name = Self.operations(document)
        return names.contains(Self.prefix + name) ? name : Self.operations(root)
    }

    /// The file for a model: the same in every build, as it is chosen by a hash of the name.
    package func modelsFile(for name: String) -> String {
        Self.models(shard(of: name))
    }

    private func shard(of name: String) -> Int {
        // FNV-1a: stable across runs, unlike Swift's own hash.
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return Int(hash % UInt64(shards))
    }

    /// True for documents that can declare operations; tables, events, queries and schemas have files of their own.
    private static func mayHoldOperations(_ path: String) -> Bool {
        guard let ending = path.split(separator: ".").last, ["yaml", "yml", "json"].contains(ending) else {
            return false
        }
        let folder = path.split(separator: "/").first.map(String.init) ?? ""
        return !["schema.yaml", "events.yaml", "schemas", "queries", "migrations"].contains(folder)
    }

    /// The file name for a document's operations: `paths/messages.yaml` gives `Operations+paths_messages.swift`.
    private static func operations(_ path: String, _ shard: Int? = nil) -> String {
        let stem = path.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
        let safe = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
        return "Operations+\(String(safe))\(shard.map { "+" + number($0) } ?? "").swift"
    }

    private static func models(_ shard: Int) -> String { "Models+\(number(shard)).swift" }

    private static func number(_ shard: Int) -> String { (shard < 10 ? "0" : "") + "\(shard)" }
}
