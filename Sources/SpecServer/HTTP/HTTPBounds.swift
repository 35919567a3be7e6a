/// The bounds of connections, each with the reaction to exceeding it.
public struct HTTPBounds: Sendable {
    /// The most bytes of a head; a longer one gets 431.
    public var headBytesMax = 16_384
    /// The most fields of a head; more get 431.
    public var headFieldsMax = 200
    /// Seconds for a complete head; then the connection ends.
    public var headSeconds = 10
    /// Seconds without a request until a connection is closed.
    public var idleSeconds = 60
    /// The minimum rate of a body in bytes per second; a slower one gets 408.
    public var bodyBytesPerSecondMin = 1_024
    /// The most recent seconds over which the rate of a body is measured.
    public var slowBodySeconds = 10
    /// Buffered bytes of a body before its reader asks for more; then the sender is held back.
    public var bodyBufferBytes = 65_536
    /// Bytes of a rejected body that are read so that the response stays readable.
    public var drainBytesMax = 1 << 20
    /// Seconds for which a rejected body is read.
    public var drainSeconds = 2
    /// Seconds without the client reading its response until the connection is closed.
    public var stalledWriteSeconds = 30
    /// The most connections per address; more are closed at once.
    public var connectionsPerAddressMax = 2_000
    /// The most connections in all; more are closed at once.
    public var connectionsMax = 20_000
    /// Seconds for requests in progress to finish after the server was asked to stop.
    public var shutdownSeconds = 9

    public init() {}
}
