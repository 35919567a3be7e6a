import NIOConcurrencyHelpers
import TestSupport
import Testing

/// How many statements every operation is, and in how many transactions.
@Suite struct OperationCostTests {
    private typealias Cost = OperationWalk.Cost

    /// An operation that goes well, on a session that is known. More than that is slower; less is a line to change here.
    private static let costs: [String: OperationWalk.Cost] = [
        "register": Cost(1, in: 1)
    ]

    @Test func asksTheDatabaseWhatTheTableSays() async throws {
        let (clock, counting) = (TestClock(), NIOLockedValueBox<CountingStore?>(nil))
        try await TestServer.run(
            on: [.sqlite], clock: clock,
            watching: { store in
                let counter = CountingStore(store)
                counting.withLockedValue { $0 = counter }
                return counter
            },
            { server in
                let store = try #require(counting.withLockedValue { $0 })
                var walk = OperationWalk(server, store, clock)
                try await walk.go()
                for (_, _, operation) in server.spec.operations {
                    let id = operation["operationId"].string ?? ""
                    let walked = walk.costs[id]
                    #expect(
                        walked != nil && walked?.cost == Self.costs[id],
                        "\(id): \(walked?.cost.description ?? "not walked through") \(walked?.names ?? [])")
                }
                #expect(walk.costs.count == Self.costs.count)
            })
    }
}
