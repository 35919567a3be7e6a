import NIOCore

/// Leads back to a connection from other threads; does nothing once the connection is gone.
struct ConnectionHandle: Sendable {
    private let connection: NIOLoopBound<Connection>
    private let loop: any EventLoop

    init(_ connection: Connection, _ loop: any EventLoop) {
        self.connection = NIOLoopBound(connection, eventLoop: loop)
        self.loop = loop
    }

    /// Sends an answer; from the connection's own loop without detour.
    func send(_ reply: DoorReply, for request: DoorRequest) {
        if loop.inEventLoop {
            connection.value.send(reply, for: request)
        } else {
            run { $0.send(reply, for: request) }
        }
    }

    func run(_ work: @escaping @Sendable (Connection) -> Void) {
        if loop.inEventLoop { work(connection.value) } else { loop.execute { work(connection.value) } }
    }
}
