import NIOCore

/// A thread-safe handle of a connection; does nothing once the connection is closed.
struct ConnectionHandle: Sendable {
    private let connection: NIOLoopBound<Connection>
    private let loop: any EventLoop

    init(_ connection: Connection, _ loop: any EventLoop) {
        self.connection = NIOLoopBound(connection, eventLoop: loop)
        self.loop = loop
    }

    /// Sends a response; without a hop if called on the connection's own event loop.
    func send(_ response: ServerResponse) {
        if loop.inEventLoop {
            connection.value.send(response)
        } else {
            run { $0.send(response) }
        }
    }

    func run(_ work: @escaping @Sendable (Connection) -> Void) {
        if loop.inEventLoop { work(connection.value) } else { loop.execute { work(connection.value) } }
    }
}
