import NIOConcurrencyHelpers
import SpecCore

/// What waits to be sent, shared by the connections of one kind: whichever is free takes it.
final class PipelineInbox: Sendable {
    private struct State {
        var waiting: [any PipelineJob] = []
        /// Those of connections that found nothing to send.
        var parked: [Wakeup] = []
        /// The rows that are locked for what is under way, and for how many of it.
        var locked: [LockedRow: Int] = [:]
        /// How many connections are up.
        var connectedCount = 0
        /// What the last of them said when it was lost.
        var reason = "not connected yet"
        var isClosed = false

        func isFree(_ job: any PipelineJob) -> Bool { !job.lockedRows.contains { locked[$0] != nil } }

        var objection: String? { isClosed ? "the store is closed" : connectedCount == 0 ? reason : nil }
    }

    /// Through how many statements a connection looks for those whose rows are not locked.
    private static let lookedThroughMax = 1_024

    private let bounds: Pipeline.Bounds
    private let state = NIOLockedValueBox(State())

    init(_ bounds: Pipeline.Bounds) {
        self.bounds = bounds
    }

    var isClosed: Bool { state.withLockedValue { $0.isClosed } }

    /// Lets a connection take the job, or fails it at once when none is up or too many wait.
    func submit(_ job: any PipelineJob) {
        let (wakeup, objection) = state.withLockedValue { state -> (Wakeup?, String?) in
            if let objection = state.objection { return (nil, objection) }
            guard state.waiting.count < bounds.waitingMax else {
                return (nil, "more than \(bounds.waitingMax) statements wait")
            }
            state.waiting.append(job)
            // The first lets a connection look whether it becomes more.
            let mustWake = state.waiting.count == 1 || mayTake(state) && state.isFree(job)
            return (mustWake ? state.parked.popLast() : nil, nil)
        }
        if let objection { job.fail(.unavailable(objection)) }
        wakeup?.wake()
    }

    /// Whether something waits, so that a connection without work looks again soon.
    var isWaiting: Bool { state.withLockedValue { !$0.waiting.isEmpty } }

    /// While one connection works on a few, more that wait together make a better group for the next.
    private func mayTake(_ state: State) -> Bool {
        !state.waiting.isEmpty && (state.locked.isEmpty || state.waiting.count >= bounds.besideMin)
    }

    /// The next jobs, as many as a batch holds; where there are none, `wakeup` is woken for the next one.
    ///
    /// None of them locks a row that is locked for another batch: two connections would only wait for each other. Their
    /// rows are locked until they are released.
    /// - Parameter isLate: whether the connection has waited for more already, and takes what there is.
    func take(parking wakeup: Wakeup, isLate: Bool) -> [any PipelineJob] {
        state.withLockedValue { state in
            state.parked.removeAll { $0 === wakeup }
            let jobs = isLate || mayTake(state) ? takeFree(&state) : []
            if jobs.isEmpty, !state.isClosed { state.parked.append(wakeup) }
            return jobs
        }
    }

    private func takeFree(_ state: inout State) -> [any PipelineJob] {
        var (taken, left): ([any PipelineJob], [any PipelineJob]) = ([], [])
        var passedOver: Set<LockedRow> = []
        var bytes = 0
        var next = state.waiting.startIndex
        while next < state.waiting.endIndex, taken.count < bounds.batchMax, next < Self.lookedThroughMax {
            let job = state.waiting[next]
            let size = job.values.reduce(0) { $0 + $1.byteCount }
            if !taken.isEmpty, bytes + size > bounds.batchBytesMax { break }
            next += 1
            // Nor does one overtake another of the same row.
            if state.isFree(job), !job.lockedRows.contains(where: passedOver.contains) {
                bytes += size
                taken.append(job)
            } else {
                passedOver.formUnion(job.lockedRows)
                left.append(job)
            }
        }
        left += state.waiting[next...]
        state.waiting = left
        for row in taken.lazy.flatMap(\.lockedRows) { state.locked[row, default: 0] += 1 }
        return taken
    }

    /// The jobs are done: what waits for their rows may be taken.
    func release(_ jobs: some Sequence<any PipelineJob>) {
        let wakeup = state.withLockedValue { state -> Wakeup? in
            for row in jobs.lazy.flatMap(\.lockedRows) {
                let count = state.locked[row, default: 0] - 1
                state.locked[row] = count > 0 ? count : nil
            }
            return mayTake(state) ? state.parked.popLast() : nil
        }
        wakeup?.wake()
    }

    func connected() { state.withLockedValue { $0.connectedCount += 1 } }

    /// The last connection that is lost takes along what waits.
    func disconnected(_ wakeup: Wakeup, _ reason: String) {
        let (stranded, other) = state.withLockedValue { state -> ([any PipelineJob], Wakeup?) in
            state.parked.removeAll { $0 === wakeup }
            state.connectedCount -= 1
            state.reason = reason
            // It may have been woken for what another has to take now.
            guard state.connectedCount == 0 else { return ([], state.waiting.isEmpty ? nil : state.parked.popLast()) }
            defer { state.waiting = [] }
            return (state.waiting, nil)
        }
        other?.wake()
        for job in stranded { job.fail(.unavailable(reason)) }
    }

    /// Takes no more; what waits is still sent.
    func close() {
        let parked = state.withLockedValue { state in
            state.isClosed = true
            defer { state.parked = [] }
            return state.parked
        }
        for wakeup in parked { wakeup.wake() }
    }
}

extension SQLValue {
    /// About how much memory it takes on its way.
    fileprivate var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        default: 16
        }
    }
}
