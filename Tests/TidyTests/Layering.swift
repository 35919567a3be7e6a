/// What a module may import: the table of the house, arrows down the ranks only.
struct Arrows: Sendable {
    /// Modules of this package.
    let ours: Set<String>
    /// Modules of other packages; a trailing star stands for any ending.
    let others: Set<String>
    /// Whether Foundation may be named; never in generated code and on the hot path.
    var foundation = true
}

/// The layering of the house: who may name whom.
enum Layering {
    /// What is not listed here is no module of this house.
    static let table: [String: Arrows] = [
        "SpecCompiler": Arrows(ours: [], others: ["CYAML"]),
        "spec": Arrows(ours: ["SpecCompiler"], others: ["ArgumentParser"]),
        "SpecCore": Arrows(ours: [], others: words, foundation: false),
        "ParleyContract": Arrows(ours: ["SpecCore"], others: [], foundation: false),
        "SpecServer": Arrows(
            ours: ["SpecCore"],
            others: words.union(["HummingbirdCore", "HummingbirdHTTP2", "NIO*", "Crypto", "ServiceLifecycle"])),
        "SpecStorage": Arrows(
            ours: ["SpecCore"], others: words.union(["GRDB", "GRDBSQLite", "Crypto", "CPostgres", "ServiceLifecycle"])),
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

    /// What SpecCore's own words are made of, hence whoever uses them may name; the lock is NIO's.
    private static let words: Set<String> = ["NIOCore", "NIOConcurrencyHelpers", "HTTPTypes", "Logging", "Metrics"]

    /// Part of the toolchain, open to every module.
    private static let toolchain: Set<String> = ["Swift", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization"]

    /// Part of the toolchain too, but heavy and slow.
    private static let foundation: Set<String> = ["Foundation", "FoundationEssentials"]

    /// Why this module may not import that one; nil when it may.
    static func objection(to imported: String, in module: String) -> String? {
        guard let arrows = table[module] else { return "\(module) is not in the layering's table" }
        if toolchain.contains(imported) || arrows.ours.contains(imported) { return nil }
        if table[imported] != nil { return "\(module) may not import \(imported): arrows point down the ranks" }
        if foundation.contains(imported) {
            return arrows.foundation ? nil : "\(module) may not import \(imported): it stays free of Foundation"
        }
        return arrows.others.contains { matches($0, imported) }
            ? nil : "\(module) may not import \(imported): the layering's table does not name it"
    }

    private static func matches(_ entry: String, _ name: String) -> Bool {
        entry.hasSuffix("*") ? name.hasPrefix(entry.dropLast()) : entry == name
    }
}
