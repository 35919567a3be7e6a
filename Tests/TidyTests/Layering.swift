/// The allowed imports of a module: only from lower layers.
struct Arrows: Sendable {
    /// Modules of this package.
    let ours: Set<String>
    /// Modules of other packages; a trailing star stands for any ending.
    let others: Set<String>
    /// True if Foundation may be imported; never in generated code and on the hot path.
    var foundation = true
}

/// The layering of the project: the allowed imports of each module.
enum Layering {
    /// The allowed imports by module. Every module must be listed.
    static let table: [String: Arrows] = [
        "SpecValues": Arrows(ours: [], others: [], foundation: false),
        "SpecCompiler": Arrows(ours: ["SpecValues"], others: ["CYAML", "CSpecSQLite", "GRDBSQLite"]),
        "spec": Arrows(ours: ["SpecCompiler", "SpecValues"], others: ["ArgumentParser"]),
        "SpecCore": Arrows(ours: ["SpecValues"], others: words, foundation: false),
        "ParleyContract": Arrows(ours: ["SpecCore"], others: [], foundation: false),
        "SpecServer": Arrows(
            ours: ["SpecCore"],
            others: words.union(["HummingbirdCore", "HummingbirdHTTP2", "NIO*", "CZlib", "Crypto", "ServiceLifecycle"])),
        "SpecStorage": Arrows(
            ours: ["SpecCore"],
            others: words.union(["GRDB", "GRDBSQLite", "CSpecSQLite", "Crypto", "CPostgres", "ServiceLifecycle"])),
        "SpecCluster": Arrows(ours: ["SpecCore"], others: words.union(["NIO*", "ServiceLifecycle"])),
        "SpecOutbound": Arrows(
            ours: ["SpecCore"],
            others: words.union(["NIO*", "AsyncHTTPClient", "ServiceLifecycle", "CPNG", "CJPEG", "CWebP"])),
        "ParleyServices": Arrows(
            ours: ["SpecCore", "ParleyContract"],
            others: words.union(["JWTKit", "Crypto", "CCommonPasswords", "CCrypt", "ServiceLifecycle"])),
        "Parley": Arrows(
            ours: [
                "SpecCore", "ParleyContract", "SpecServer", "SpecStorage", "SpecCluster", "SpecOutbound",
                "ParleyServices",
            ],
            others: words.union(["NIOPosix", "ServiceLifecycle", "UnixSignals", "Configuration", "ArgumentParser"])),
    ]

    /// The modules that SpecCore's API exposes, so its users may import them too; the lock is NIO's.
    private static let words: Set<String> = ["NIOCore", "NIOConcurrencyHelpers", "HTTPTypes", "Logging", "Metrics"]

    /// Part of the toolchain, open to every module.
    private static let toolchain: Set<String> = ["Swift", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization"]

    /// Part of the toolchain too, but heavy and slow.
    private static let foundation: Set<String> = ["Foundation", "FoundationEssentials"]

    /// The reason why a module may not import another, or nil if it may.
    static func issue(to imported: String, in module: String) -> String? {
        guard let arrows = table[module] else { return "\(module) is missing from the layering table" }
        if toolchain.contains(imported) || arrows.ours.contains(imported) { return nil }
        if table[imported] != nil { return "\(module) may not import \(imported): imports must go to lower layers" }
        if foundation.contains(imported) {
            return arrows.foundation ? nil : "\(module) may not import \(imported): it must not depend on Foundation"
        }
        return arrows.others.contains { matches($0, imported) }
            ? nil : "\(module) may not import \(imported): the layering table does not list it"
    }

    private static func matches(_ entry: String, _ name: String) -> Bool {
        entry.hasSuffix("*") ? name.hasPrefix(entry.dropLast()) : entry == name
    }
}
