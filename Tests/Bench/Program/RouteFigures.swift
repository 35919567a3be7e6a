import Allocations
@_spi(Internal) import Hummingbird
import SpecCore

/// Route lookup among 200 paths, compared with Hummingbird's router.
struct RouteFigures {
    let stopwatch: Stopwatch

    /// Twenty resources with the usual REST paths.
    private static let templates = (0..<20).flatMap { number in
        let root = "/resources\(number)"
        return [
            root, "\(root)/search", "\(root)/{id}", "\(root)/{id}/parts", "\(root)/{id}/parts/{partId}",
            "\(root)/{id}/parts/{partId}/notes", "\(root)/{id}/members", "\(root)/{id}/members/{userId}",
            "\(root)/{id}/settings", "\(root)/{id}/settings/{key}",
        ]
    }

    private static let targets = templates.map { template in
        template.replacing("{id}", with: "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00").replacing("{partId}", with: "4711")
            .replacing("{userId}", with: "5f1d9a52-3c44-4b0e-9f9a-1f0c8f3f7a11").replacing("{key}", with: "language")
    }

    func run() {
        let table = RouteTable(Self.templates.map { SpecCore.Operation(id: $0, method: .get, path: $0) })
        let builder = RouterPathTrieBuilder<Int>()
        for (index, template) in Self.templates.enumerated() {
            builder.addEntry(RouterPath(template), value: index)
        }
        let trie = builder.build()
        let targets = Self.targets
        precondition(targets.indices.allSatisfy { Self.find($0, targets, table) && trie.resolve(targets[$0])?.0 == $0 })
        let count = Double(targets.count)
        let times = stopwatch.compare {
            for target in targets { keep(table.match(.get, target: target)) }
        } _: {
            for target in targets { keep(trie.resolve(target)) }
        }
        let before = allocations_of_this_thread()
        for target in targets { keep(table.match(.get, target: target)) }
        let allocations = Double(allocations_of_this_thread() - before) / count
        Figure(
            name: "route", ours: times.ours.map { $0 / count }, theirs: times.theirs.map { $0 / count },
            allocations: allocations
        ).write()
    }

    private static func find(_ index: Int, _ targets: [String], _ table: RouteTable) -> Bool {
        if case .found(index, _) = table.match(.get, target: targets[index]) { true } else { false }
    }
}
