import NIOConcurrencyHelpers
import NIOCore
import SpecCore

/// The body of one request between the connection that receives it and the code that reads it.
final class RequestBody: BodyStream {
    private struct State {
        var pieces: CircularBuffer<ByteBuffer> = []
        var kept = 0
        var isComplete = false
        var failure: Problem?
        var waiting: CheckedContinuation<Void, Never>?
        var isAskedFor = false
    }

    private let state = NIOLockedValueBox(State())
    /// Tells the connection that more may come; called on any thread.
    private let demand: @Sendable () -> Void

    init(demand: @escaping @Sendable () -> Void) {
        self.demand = demand
    }

    // MARK: The connection's side

    /// Bytes that wait to be read.
    var keptBytes: Int { state.withLockedValue { $0.kept } }

    /// Whether somebody has asked for the body.
    var isAskedFor: Bool { state.withLockedValue { $0.isAskedFor } }

    func append(_ piece: ByteBuffer) {
        wake { state in
            state.pieces.append(piece)
            state.kept += piece.readableBytes
        }
    }

    func complete() { wake { $0.isComplete = true } }

    func fail(_ problem: Problem) { wake { if !$0.isComplete { $0.failure = problem } } }

    private func wake(_ change: (inout State) -> Void) {
        let waiting = state.withLockedValue { state in
            change(&state)
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    // MARK: The reader's side

    private enum Step {
        case piece(ByteBuffer)
        case end
        case wait
    }

    func next() async throws -> ByteBuffer? {
        while true {
            switch try step() {
            case .piece(let piece): return piece
            case .end: return nil
            case .wait: await wait()
            }
        }
    }

    func collect(upTo bytesMax: Int) async throws -> ByteBuffer {
        guard var whole = try await next() else { return ByteBuffer() }
        while whole.readableBytes <= bytesMax, var piece = try await next() { whole.writeBuffer(&piece) }
        guard whole.readableBytes <= bytesMax else { throw Problem.bodyTooLong(bytesMax) }
        return whole
    }

    private func step() throws -> Step {
        try state.withLockedValue { state in
            if let piece = state.pieces.popFirst() {
                state.kept -= piece.readableBytes
                return .piece(piece)
            }
            if let failure = state.failure { throw failure }
            return state.isComplete ? .end : .wait
        }
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLockedValue { state in
                state.isAskedFor = true
                if !state.pieces.isEmpty || state.isComplete || state.failure != nil { return true }
                state.waiting = continuation
                return false
            }
            if isReady { continuation.resume() } else { demand() }
        }
    }
}
