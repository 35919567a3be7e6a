import NIOConcurrencyHelpers
import SpecCore

/// What waits to be sent, shared by the connections of one kind: whichever is free takes it.
final class PipelineInbox: Sendable {
    private struct State {
        var waiting: [any PipelineJob] = []
        /// Those of connections that found nothing to send.
        var parked: [Wakeup] = []
        /// How many connections are up.
        var connectedCount = 0
        /// What the last of them said when it was lost.
        var reason = "not connected yet"
        var isClosed = false

        var objection: String? { isClosed ? "the store is closed" : connectedCount == 0 ? reason : nil }
    }

    /// How many statements may wait; more are turned away.
    private let waitingMax: Int
    private let state = NIOLockedValueBox(State())

    init(waitingMax: Int) {
        self.waitingMax = waitingMax
    }

    var isClosed: Bool { state.withLockedValue { $0.isClosed } }

    /// Lets a connection take the job, or fails it at once when none is up or too many wait.
    func submit(_ job: any PipelineJob) {
        let (wakeup, objection) = state.withLockedValue { state -> (Wakeup?, String?) in
            if let objection = state.objection { return (nil, objection) }
            guard state.waiting.count < waitingMax else { return (nil, "more than \(waitingMax) statements wait") }
            state.waiting.append(job)
            return (state.parked.popLast(), nil)
        }
        if let objection { job.fail(.unavailable(objection)) }
        wakeup?.wake()
    }

    /// The next jobs, as many as a batch holds; where there are none, `wakeup` is woken for the next one.
    func take(_ bounds: Pipeline.Bounds, parking wakeup: Wakeup) -> [any PipelineJob] {
        state.withLockedValue { state in
            state.parked.removeAll { $0 === wakeup }
            guard !state.waiting.isEmpty else {
                if !state.isClosed { state.parked.append(wakeup) }
                return []
            }
            let count = Self.count(of: state.waiting, bounds)
            guard state.waiting.count > count else {
                defer { state.waiting = [] }
                return state.waiting
            }
            defer { state.waiting.removeFirst(count) }
            return Array(state.waiting.prefix(count))
        }
    }

    private static func count(of waiting: [any PipelineJob], _ bounds: Pipeline.Bounds) -> Int {
        var (count, bytes) = (0, 0)
        for job in waiting.prefix(bounds.batchMax) {
            for value in job.values { bytes += value.byteCount }
            if count > 0, bytes > bounds.batchBytesMax { break }
            count += 1
        }
        return count
    }

    func connected() { state.withLockedValue { $0.connectedCount += 1 } }

    /// The last connection that is lost takes along what waits.
    func disconnected(_ wakeup: Wakeup, _ reason: String) {
        let stranded = state.withLockedValue { state -> [any PipelineJob] in
            state.parked.removeAll { $0 === wakeup }
            state.connectedCount -= 1
            state.reason = reason
            guard state.connectedCount == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
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
