/// Every bound of a connection, each with what happens there.
public struct HTTPBounds: Sendable {
    /// A longer head is answered with 431.
    public var headBytesMax = 16_384
    /// A head with more fields is answered with 431.
    public var headFieldsMax = 200
    /// A head that is not complete by then ends the connection.
    public var headSeconds = 10
    /// A connection without a request for so long is closed.
    public var idleSeconds = 60
    /// A body that comes more slowly is answered with 408.
    public var bodyBytesPerSecondMin = 1_024
    /// How long a body may be slower before that is held against it.
    public var slowBodySeconds = 5
    /// How much of a body is kept before its reader asks for more; the sender is held back then.
    public var bodyBufferBytes = 65_536
    /// What is read of a refused body so that the refusal stays readable.
    public var drainBytesMax = 1 << 20
    /// How long a refused body is read.
    public var drainSeconds = 2
    /// A client that takes nothing of its answer for so long is cut off.
    public var stalledWriteSeconds = 30
    /// More connections from one address are closed at once.
    public var connectionsPerAddressMax = 2_000
    /// More connections in all are closed at once.
    public var connectionsMax = 20_000
    /// How long requests may go on after the server was asked to stop.
    public var shutdownSeconds = 9

    public init() {}
}
