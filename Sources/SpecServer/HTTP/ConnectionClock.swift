import NIOCore

/// What a connection waits for and since when: time in, verdict out.
struct ConnectionClock {
    enum Verdict {
        case fine, close, slowHead, slowBody
    }

    private enum Waiting {
        case head(since: NIODeadline)
        case nothing(since: NIODeadline)
        case body(seconds: Int, bytes: Int)
        case service
    }

    private let bounds: HTTPBounds
    private var waiting = Waiting.service
    private var writeSince: NIODeadline?
    private var isBodyAwaited = false
    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue = false

    init(bounds: HTTPBounds) {
        self.bounds = bounds
    }

    /// Whether a part of a head has come.
    var isInsideHead: Bool { if case .head = waiting { true } else { false } }

    mutating func start(at now: NIODeadline) { waiting = .nothing(since: now) }

    mutating func didReceive(_ count: Int) {
        switch waiting {
        case .nothing: waiting = .head(since: .now())
        case .body(let seconds, let bytes): waiting = .body(seconds: seconds, bytes: bytes + count)
        case .head, .service: break
        }
    }

    mutating func headEnded() {
        waiting = .body(seconds: 0, bytes: 0)
        isBodyAwaited = false
    }

    mutating func bodyIsAwaited() { isBodyAwaited = true }
    mutating func bodyEnded() { waiting = .service }
    mutating func requestEnded() { waiting = .nothing(since: .now()) }
    mutating func writeBegan() { writeSince = .now() }
    mutating func writeEnded() { writeSince = nil }

    /// Asked about once a second.
    mutating func verdict(at now: NIODeadline) -> Verdict {
        if let writeSince, now - writeSince > .seconds(Int64(bounds.stalledWriteSeconds)) { return .close }
        switch waiting {
        case .service: return .fine
        case .nothing(let since): return now - since >= .seconds(Int64(bounds.idleSeconds)) ? .close : .fine
        case .head(let since): return now - since >= .seconds(Int64(bounds.headSeconds)) ? .slowHead : .fine
        case .body(let seconds, let bytes):
            // Only the time in which we wanted more counts against the client.
            guard isBodyAwaited else { return .fine }
            waiting = .body(seconds: seconds + 1, bytes: bytes)
            let isSlow = seconds + 1 > bounds.slowBodySeconds && bytes < (seconds + 1) * bounds.bodyBytesPerSecondMin
            return isSlow ? .slowBody : .fine
        }
    }
}
