import NIOConcurrencyHelpers
import NIOCore
import SpecCore

/// The body of one request, shared by the connection that receives it and the code that reads it.
final class RequestBody: BodyStream {
    private struct State {
        /// The next piece; most bodies have only one.
        var first: ByteBuffer?
        /// The pieces after it; allocated when a second one comes.
        var others: CircularBuffer<ByteBuffer>?
        var kept = 0
        var isComplete = false
        var failure: Problem?
        var waiting: CheckedContinuation<Void, Never>?

        mutating func append(_ piece: ByteBuffer) {
            kept += piece.readableBytes
            if first == nil { first = piece } else if others?.append(piece) == nil { others = [piece] }
        }

        mutating func popFirst() -> ByteBuffer? {
            guard let piece = first else { return nil }
            kept -= piece.readableBytes
            first = others?.popFirst()
            return piece
        }
    }

    let declaredLength: Int?
    let contentCoding: String?
    private let state = NIOLockedValueBox(State())
    /// Asks the connection for more; called on any thread.
    private let demand: @Sendable () -> Void

    init(declaredLength: Int?, contentCoding: String? = nil, demand: @escaping @Sendable () -> Void) {
        self.declaredLength = declaredLength
        self.contentCoding = contentCoding
        self.demand = demand
    }

    /// The body of a request without one.
    static let none: RequestBody = {
        let body = RequestBody(declaredLength: 0) {}
        body.complete()
        return body
    }()

    // MARK: The connection's side

    /// The number of bytes not read yet.
    var keptBytes: Int { state.withLockedValue { $0.kept } }

    func append(_ piece: ByteBuffer) {
        wake { state in
            state.append(piece)
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
            if let piece = state.popFirst() { return .piece(piece) }
            if let failure = state.failure { throw failure }
            return state.isComplete ? .end : .wait
        }
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLockedValue { state in
                if state.first != nil || state.isComplete || state.failure != nil { return true }
                state.waiting = continuation
                return false
            }
            if isReady { continuation.resume() } else { demand() }
        }
    }
}
