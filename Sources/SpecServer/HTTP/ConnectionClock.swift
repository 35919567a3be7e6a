import NIOCore

/// What a connection waits for and since when: time in, verdict out.
struct ConnectionClock {
    enum Verdict {
        case fine, close, slowHead, slowBody
    }

    /// Seconds are counted as they are asked about: reading a clock at every request costs more than it tells.
    private enum Waiting {
        case head(seconds: Int)
        case nothing(seconds: Int)
        case body(seconds: Int, bytes: Int)
        case service
    }

    private let bounds: HTTPBounds
    private var waiting = Waiting.service
    private var bufferedBytes = 0
    private var stalledSeconds = 0
    private var isBodyAwaited = false
    /// Whether nothing came yet, or the last bytes were those that end a head.
    private var hasEndedHead = true
    /// Whether bytes of a next head came while a request was answered.
    private var hasNextHead = false
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110, 10.1.1).
    var expectsContinue = false

    init(bounds: HTTPBounds) {
        self.bounds = bounds
    }

    /// Whether a part of a head has come.
    var isInsideHead: Bool { if case .head = waiting { true } else { false } }

    mutating func start() { waiting = .nothing(seconds: 0) }

    /// Whether bytes that come now are surely the first of a head: nothing is awaited, and what came before ended with
    /// the end of a head, so that the parser has no beginning of another.
    var beginsHead: Bool { if case .nothing = waiting { hasEndedHead } else { false } }

    mutating func didReceive(_ bytes: ByteBuffer) {
        hasEndedHead = bytes.readableBytesView.suffix(4).elementsEqual("\r\n\r\n".utf8)
        switch waiting {
        case .nothing: waiting = .head(seconds: 0)
        case .service: hasNextHead = true
        case .head, .body: break
        }
    }

    /// Pieces of the body itself: what frames its chunks is no progress.
    mutating func didReceiveBody(_ count: Int) {
        if case .body(let seconds, let bytes) = waiting { waiting = .body(seconds: seconds, bytes: bytes + count) }
    }

    mutating func headEnded() {
        waiting = .body(seconds: 0, bytes: 0)
        isBodyAwaited = false
        hasNextHead = false
    }

    mutating func bodyIsAwaited() { isBodyAwaited = true }
    mutating func bodyEnded() { waiting = .service }
    /// Pieces of one size leave as many bytes behind at every look, although the client takes them.
    mutating func pieceTaken() { stalledSeconds = 0 }

    mutating func requestEnded() {
        waiting = hasNextHead ? .head(seconds: 0) : .nothing(seconds: 0)
        // A further answer goes out only where the client took enough of those before, however many bytes wait again.
        stalledSeconds = 0
    }

    /// Asked about once a second.
    /// - Parameter buffered: the bytes of answers that the client has not taken yet.
    mutating func verdict(buffered: Int) -> Verdict {
        if isStalled(buffered) { return .close }
        switch waiting {
        case .service: return .fine
        // Not before the client took its answers: until then nothing is read.
        case .nothing where buffered > 0, .head where buffered > 0: return .fine
        case .nothing(let seconds):
            waiting = .nothing(seconds: seconds + 1)
            return seconds >= bounds.idleSeconds ? .close : .fine
        case .head(let seconds):
            waiting = .head(seconds: seconds + 1)
            return seconds >= bounds.headSeconds ? .slowHead : .fine
        case .body(let seconds, let bytes):
            // Only the time in which we wanted more counts against the client.
            guard isBodyAwaited else { return .fine }
            waiting = .body(seconds: seconds + 1, bytes: bytes)
            let isSlow = seconds + 1 > bounds.slowBodySeconds && bytes < (seconds + 1) * bounds.bodyBytesPerSecondMin
            return isSlow ? .slowBody : .fine
        }
    }

    private mutating func isStalled(_ buffered: Int) -> Bool {
        stalledSeconds = buffered > 0 && buffered >= bufferedBytes ? stalledSeconds + 1 : 0
        bufferedBytes = buffered
        return stalledSeconds > bounds.stalledWriteSeconds
    }
}
