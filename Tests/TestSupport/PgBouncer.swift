import Foundation

/// A pooler (pgbouncer) in front of a PostgreSQL server, run by an unprivileged user.
///
/// A shell supervises it and ends it when this object or this process is gone.
package final class PgBouncer: Sendable {
    /// The unit that a server connection is lent for.
    package enum Mode: String, Sendable {
        case session, transaction
    }

    private let port: Int
    private let keeper = Process()
    private let orders = ChildProcess.pipe()
    private let folder: TemporaryFolder

    package init(_ mode: Mode, before server: PostgresServer) async throws {
        port = try PostgresServer.freePort()
        folder = try TemporaryFolder()
        let settings = """
            [databases]
            * = host=127.0.0.1 port=\(server.port) user=parley
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = any
            pool_mode = \(mode.rawValue)

            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: folder.path + "/pgbouncer.ini"))
        let output = ChildProcess.pipe()
        keeper.executableURL = URL(fileURLWithPath: "/bin/bash")
        keeper.arguments = ["-c", Self.script, "pgbouncer-keeper", folder.path, "\(port)"]
        keeper.standardInput = orders
        keeper.standardOutput = output
        let (texts, text) = AsyncStream.makeStream(of: String.self)
        OutputReader.start(output.fileHandleForReading) { data in
            text.yield(String(decoding: data, as: UTF8.self))
        }
        try ChildProcess.start(keeper)
        var iterator = texts.makeAsyncIterator()
        let said = await iterator.next()
        guard said == "started\n" else { throw PostgresServerError(said: said ?? "nothing") }
    }

    deinit { try? orders.fileHandleForWriting.close() }

    /// The URL of a database of the server, through the pooler.
    package func url(_ database: String) -> String { "postgres://parley@127.0.0.1:\(port)/\(database)" }

    private static let script = #"""
        set -u
        as=()
        if [ "$(id -u)" -eq 0 ]; then
            chown -R postgres "$1"
            as=(setpriv --reuid=postgres --regid=postgres --init-groups)
        fi
        program=$(PATH="$PATH:/usr/sbin" command -v pgbouncer) || { echo "pgbouncer is missing"; exit 1; }
        "${as[@]}" "$program" -q "$1/pgbouncer.ini" </dev/null >"$1/log" 2>&1 &
        pid=$!
        until (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; do
            kill -0 "$pid" 2>/dev/null || { tail -n 5 "$1/log"; exit 1; }
            sleep 0.05
        done
        echo started
        read -r _
        # It inherits the mask of a thread that may block every other signal.
        kill -KILL "$pid"
        wait "$pid" 2>/dev/null
        """#
}
