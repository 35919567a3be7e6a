import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the order in which passwords are hashed.
@Suite(.timeLimit(.minutes(10))) struct FairQueueTests {
    private let start = ContinuousClock.now

    /// Adds an entry, and returns the outcome as text.
    private func add(
        _ name: String, _ groups: [String], to queue: inout FairQueue<String>, after seconds: Int = 0
    ) -> String {
        switch queue.add(name, groups, at: start + .seconds(seconds)) {
        case .added(let evicted): (["added"] + evicted).joined(separator: " evicts ")
        case .groupIsFull: "group is full"
        case .queueIsFull: "queue is full"
        }
    }

    private func order(_ queue: inout FairQueue<String>, after seconds: Int = 0) -> [String] {
        var names: [String] = []
        while let name = queue.next(at: start + .seconds(seconds)) { names.append(name) }
        return names
    }

    private func makeBusy(_ groups: [String], _ queue: inout FairQueue<String>) {
        for _ in 0..<10 { queue.takeFreeTurn(groups, isIdle: false, at: start) }
    }

    @Test func takesAGroupThatWaitsForLessBeforeAnother() {
        var queue = FairQueue<String>(groupMax: 3, totalMax: 10)
        for name in ["a1", "a2", "a3"] { #expect(add(name, ["network a"], to: &queue) == "added") }
        #expect(add("b1", ["network b"], to: &queue) == "added")
        #expect(order(&queue) == ["b1", "a1", "a2", "a3"])
    }

    @Test func takesAGroupThatHadFewerTurnsBeforeAnother() {
        var queue = FairQueue<String>(groupMax: 3, totalMax: 10)
        makeBusy(["network a"], &queue)
        #expect(add("a1", ["network a"], to: &queue) == "added")
        for name in ["b1", "b2"] { #expect(add(name, ["network b"], to: &queue) == "added") }
        #expect(order(&queue) == ["b1", "b2", "a1"])
    }

    /// People who signed in often while nobody waited come before the network that begins an attack.
    @Test func forgetsTheTurnsOfATimeWithoutContention() {
        var queue = FairQueue<String>(groupMax: 3, totalMax: 10)
        for _ in 0..<20 { queue.takeFreeTurn(["network a", "account x"], isIdle: true, at: start) }
        queue.takeFreeTurn(["network b", "account y"], isIdle: true, at: start)
        for name in ["b1", "b2", "b3"] { #expect(add(name, ["network b", "account \(name)"], to: &queue) == "added") }
        #expect(add("a1", ["network a", "account x"], to: &queue) == "added")
        #expect(order(&queue) == ["a1", "b1", "b2", "b3"])
    }

    @Test func refusesAFourthOfAGroup() {
        var queue = FairQueue<String>(groupMax: 3, totalMax: 10)
        for name in ["a1", "a2", "a3"] { #expect(add(name, ["network a"], to: &queue) == "added") }
        #expect(add("a4", ["network a"], to: &queue) == "group is full")
        #expect(add("b1", ["network b"], to: &queue) == "added")
        #expect(order(&queue) == ["b1", "a1", "a2", "a3"])
    }

    /// Busy networks cannot keep an account's owner out by filling the places of the account.
    @Test func givesAPlaceOfAnAccountToTheQuieterNetwork() {
        var queue = FairQueue<String>(groupMax: 2, totalMax: 10)
        for network in ["network a", "network b"] {
            makeBusy([network, "account x"], &queue)
            #expect(add(network, [network, "account x"], to: &queue) == "added")
        }
        #expect(add("owner", ["network c", "account x"], to: &queue) == "added evicts network b")
        #expect(add("another", ["network b", "account x"], to: &queue) == "group is full")
        #expect(order(&queue) == ["owner", "network a"])
    }

    @Test func givesAPlaceOfAFullQueueToTheQuieterNetwork() {
        var queue = FairQueue<String>(groupMax: 2, totalMax: 2)
        for name in ["a1", "a2"] { #expect(add(name, ["network a"], to: &queue) == "added") }
        #expect(add("b1", ["network b"], to: &queue) == "added evicts a2")
        #expect(add("c1", ["network c"], to: &queue) == "queue is full")
        #expect(order(&queue) == ["a1", "b1"])
    }

    @Test(arguments: [(0, ["b1", "a1"]), (29, ["b1", "a1"]), (59, ["b1", "a1"]), (61, ["a1", "b1"])])
    func forgetsTurnsAfterTwoWindows(seconds: Int, expected: [String]) {
        var queue = FairQueue<String>(groupMax: 3, totalMax: 10)
        makeBusy(["network a"], &queue)
        #expect(add("a1", ["network a"], to: &queue, after: seconds) == "added")
        #expect(add("b1", ["network b"], to: &queue, after: seconds) == "added")
        #expect(order(&queue, after: seconds) == expected)
    }

    // MARK: Turns

    private func origin(_ network: Int, client: ClientLink? = nil) -> HashOrigin {
        HashOrigin(network: "192.0.\(network).0/24", account: "account \(network)", client: client)
    }

    private func waits(_ count: Int, _ turns: HashTurns) async {
        while await turns.waitingCount != count { await Task.yield() }
    }

    private func code(_ task: Task<Void, any Error>) async -> String? {
        do {
            try await task.value
            return nil
        } catch {
            return (error as? Problem)?.code.name ?? "\(error)"
        }
    }

    @Test func leavesTheQueueWhenItsTaskIsCancelled() async throws {
        let turns = HashTurns(parallelMax: 1, groupMax: 1, totalMax: 8)
        try await turns.take(origin(1))
        let cancelled = Task { try await turns.take(origin(2)) }
        await waits(1, turns)
        cancelled.cancel()
        #expect(await code(cancelled) == "unavailable")
        await waits(0, turns)
        let other = Task { try await turns.take(origin(2)) }
        await waits(1, turns)
        await turns.giveBack()
        #expect(await code(other) == nil)
    }

    @Test func leavesTheQueueWhenItsClientHangsUp() async throws {
        let turns = HashTurns(parallelMax: 1, groupMax: 1, totalMax: 8)
        let client = ClientLink()
        try await turns.take(origin(1))
        let abandoned = Task { try await turns.take(origin(2, client: client)) }
        await waits(1, turns)
        client.end()
        let other = Task { try await turns.take(origin(2)) }
        #expect(await code(abandoned) == "unavailable")
        await waits(1, turns)
        await turns.giveBack()
        #expect(await code(other) == nil)
    }

    @Test func refusesASecondOfAFullGroupAt429() async throws {
        let turns = HashTurns(parallelMax: 1, groupMax: 1, totalMax: 8)
        try await turns.take(origin(1))
        let first = Task { try await turns.take(origin(2)) }
        await waits(1, turns)
        #expect(await code(Task { try await turns.take(origin(2)) }) == "rate-limited")
        await turns.giveBack()
        #expect(await code(first) == nil)
    }
}
