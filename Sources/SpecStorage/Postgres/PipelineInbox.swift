import NIOConcurrencyHelpers
import SpecCore

/// The queue of waiting jobs, shared by the connections of one kind: the first free connection takes them.
final class PipelineInbox: Sendable {
    private struct State {
        var waiting: [any PipelineJob] = []
        /// The wakeups of idle connections.
        var parked: [Wakeup] = []
        /// The locked rows, with the number of jobs in flight that lock them.
        var locked: [LockedRow: Int] = [:]
        /// The number of open connections.
        var connectedCount = 0
        /// The error of the last lost connection.
        var reason = "not connected yet"
        var isClosed = false

        func isFree(_ job: any PipelineJob) -> Bool { !job.lockedRows.contains { locked[$0] != nil } }

        var failure: String? { isClosed ? "the store is closed" : connectedCount == 0 ? reason : nil }
    }

    /// The maximum number of waiting jobs that a connection searches for one whose rows are not locked.
    private static let lookedThroughMax = 1_024

    private let bounds: Pipeline.Bounds
    private let state = NIOLockedValueBox(State())

    init(_ bounds: Pipeline.Bounds) {
        self.bounds = bounds
    }

    var isClosed: Bool { state.withLockedValue { $0.isClosed } }

    /// Queues a job, or fails it immediately if no connection is open or too many jobs wait.
    /// - Parameter isUrgent: true if it passes the jobs that wait.
    func submit(_ job: any PipelineJob, isUrgent: Bool = false) {
        let (wakeup, failure) = state.withLockedValue { state -> (Wakeup?, String?) in
            if let failure = state.failure { return (nil, failure) }
            guard state.waiting.count < bounds.waitingMax || isUrgent else {
                return (nil, "more than \(bounds.waitingMax) statements are waiting")
            }
            state.waiting.insert(job, at: isUrgent ? 0 : state.waiting.endIndex)
            // The first job wakes a connection, which may wait for a larger group.
            let mustWake = state.waiting.count == 1 || mayTake(state) && state.isFree(job)
            return (mustWake ? state.parked.popLast() : nil, nil)
        }
        if let failure { job.fail(.unavailable(failure)) }
        wakeup?.wake()
    }

    /// True if jobs are waiting, so that an idle connection checks again soon.
    var isWaiting: Bool { state.withLockedValue { !$0.waiting.isEmpty } }

    /// True if a batch may be taken. While one connection is busy with a batch, jobs that wait together make a larger
    /// group for the next.
    private func mayTake(_ state: State) -> Bool {
        !state.waiting.isEmpty && (state.locked.isEmpty || state.waiting.count >= bounds.besideMin)
    }

    /// Takes the next jobs, up to the size of a batch. If there are none, `wakeup` is parked until the next job
    /// arrives.
    ///
    /// None of them locks a row that is locked for another batch: two connections would only wait for each other. Their
    /// rows are locked until they are released.
    /// - Parameter isLate: true if the connection has already waited for more, and takes what is available.
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
            // A job must not overtake another one of the same row either.
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

    /// Releases the rows of finished jobs, so that jobs waiting for them can be taken.
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

    /// Records a lost connection. If it was the last one, the waiting jobs fail.
    func disconnected(_ wakeup: Wakeup, _ reason: String) {
        let (stranded, other) = state.withLockedValue { state -> ([any PipelineJob], Wakeup?) in
            state.parked.removeAll { $0 === wakeup }
            state.connectedCount -= 1
            state.reason = reason
            // It may have been woken for a job that another connection has to take now.
            guard state.connectedCount == 0 else { return ([], state.waiting.isEmpty ? nil : state.parked.popLast()) }
            defer { state.waiting = [] }
            return (state.waiting, nil)
        }
        other?.wake()
        for job in stranded { job.fail(.unavailable(reason)) }
    }

    /// Accepts no more jobs; those waiting are still sent.
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
    /// The approximate memory use of the job.
    fileprivate var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        default: 16
        }
    }
}
