import NIOCore

/// Timeouts of a connection: passed seconds in, verdict out.
struct ConnectionClock {
    enum Verdict {
        case fine, close, slowHead, slowBody
    }

    /// The awaited event. Seconds are counted at each check: reading a clock at every request costs more than it is
    /// worth.
    private enum Waiting {
        case head(seconds: Int)
        case nothing(seconds: Int)
        case body(RecentRate)
        case service
    }

    private let bounds: HTTPBounds
    private var waiting = Waiting.service
    private var bufferedBytes = 0
    private var stalledSeconds = 0
    private var isBodyAwaited = false
    /// True if nothing came yet, or the last bytes ended a head.
    private var hasEndedHead = true
    /// True if bytes of a next head came while a request was in progress.
    private var hasNextHead = false
    /// True if the client waits for `100 Continue` before it sends the body (RFC 9110, 10.1.1).
    var expectsContinue = false

    init(bounds: HTTPBounds) {
        self.bounds = bounds
    }

    /// True if a part of a head has come.
    var isInsideHead: Bool { if case .head = waiting { true } else { false } }

    mutating func start() { waiting = .nothing(seconds: 0) }

    /// True if bytes that come now are surely the first of a head: nothing is awaited, and the bytes before ended with
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

    /// Counts bytes of the body itself: chunk framing is no progress.
    mutating func didReceiveBody(_ count: Int) {
        guard case .body(var rate) = waiting else { return }
        // No second reference while it is changed: else it would be copied.
        waiting = .service
        rate.add(count)
        waiting = .body(rate)
    }

    mutating func headEnded() {
        waiting = .body(RecentRate(seconds: bounds.slowBodySeconds))
        isBodyAwaited = false
        hasNextHead = false
    }

    mutating func bodyIsAwaited() { isBodyAwaited = true }
    mutating func bodyEnded() { waiting = .service }
    /// Resets the stall timer: pieces of one size leave as many bytes buffered at every check, although the client
    /// reads.
    mutating func pieceTaken() { stalledSeconds = 0 }

    mutating func requestEnded() {
        waiting = hasNextHead ? .head(seconds: 0) : .nothing(seconds: 0)
        // A further response goes out only if the client read enough of those before, however many bytes are buffered.
        stalledSeconds = 0
    }

    /// The verdict; checked about once a second.
    /// - Parameter buffered: the bytes of responses that the client has not read yet.
    mutating func verdict(buffered: Int) -> Verdict {
        if isStalled(buffered) { return .close }
        switch waiting {
        case .service: return .fine
        // Not before the client has read its responses: until then nothing is read from it.
        case .nothing where buffered > 0, .head where buffered > 0: return .fine
        case .nothing(let seconds):
            waiting = .nothing(seconds: seconds + 1)
            return seconds >= bounds.idleSeconds ? .close : .fine
        case .head(let seconds):
            waiting = .head(seconds: seconds + 1)
            return seconds >= bounds.headSeconds ? .slowHead : .fine
        case .body(var rate):
            // Only the time in which the server wanted more counts against the client.
            guard isBodyAwaited else { return .fine }
            waiting = .service
            let isSlow = rate.secondEnded(bytesPerSecondMin: bounds.bodyBytesPerSecondMin)
            waiting = .body(rate)
            return isSlow ? .slowBody : .fine
        }
    }

    private mutating func isStalled(_ buffered: Int) -> Bool {
        stalledSeconds = buffered > 0 && buffered >= bufferedBytes ? stalledSeconds + 1 : 0
        bufferedBytes = buffered
        return stalledSeconds > bounds.stalledWriteSeconds
    }
}
