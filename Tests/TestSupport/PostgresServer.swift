import Foundation
import NIOConcurrencyHelpers

/// A temporary PostgreSQL server on loopback, run by an unprivileged user in its own folder.
///
/// A shell supervises it and ends it when this process is gone, however it ended.
package actor PostgresServer {
    /// The server shared by all tests that do not need their own.
    package static let shared = Task { try await PostgresServer() }

    package nonisolated let port: Int
    package nonisolated let folder: String
    private let keeper = Process()
    private let orders = ChildProcess.pipe()
    private let answers = AnswerLines()
    private var databases = 0

    /// - Parameter settings: in the form of `postgresql.conf`, such as `ssl=on`.
    package init(settings: [String] = [], prepare: (_ folder: String) async throws -> Void = { _ in }) async throws {
        port = try Self.freePort()
        folder = NSTemporaryDirectory() + "parley-postgres-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await prepare(folder)
        let output = ChildProcess.pipe()
        let answers = answers
        OutputReader.start(output.fileHandleForReading) { answers.take($0) }
        keeper.executableURL = URL(fileURLWithPath: "/bin/bash")
        keeper.arguments = ["-c", Self.script, "postgres-keeper", folder, "\(port)"] + settings
        keeper.standardInput = orders
        keeper.standardOutput = output
        try ChildProcess.start(keeper)
        try Self.check(await answers.next {}, "started")
    }

    /// The URL of a fresh, empty database.
    package func makeDatabase() async throws -> String {
        databases += 1
        let name = "test_\(databases)"
        try await order("create \(name)", "created")
        return url(name)
    }

    /// The URL of one of its databases.
    package nonisolated func url(_ database: String) -> String {
        "postgres://parley@127.0.0.1:\(port)/\(database)"
    }

    /// Ends all connections and the server.
    package func stop() async throws { try await order("stop", "stopped") }
    package func start() async throws { try await order("start", "started") }

    private func order(_ order: String, _ answer: String) async throws {
        let line = await answers.next { orders.fileHandleForWriting.write(Data((order + "\n").utf8)) }
        try Self.check(line, answer)
    }

    private static func check(_ line: String?, _ answer: String) throws {
        guard line == answer else { throw PostgresServerError(said: line ?? "nothing") }
    }

    /// A port below the ephemeral range: an outgoing connection could take one of those at any moment.
    static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = UInt16.random(in: 10_000..<32_000)
            if isFree(port) { return Int(port) }
        }
        throw PostgresServerError(said: "no free port")
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Arguments: the folder, the port and settings. Standard input: one order per line.
    private static let script = #"""
        set -u
        folder=$1 port=$2
        shift 2
        settings=(-c fsync=off -c max_connections=1000 -c shared_buffers=64MB)
        for setting in "$@"; do settings+=(-c "$setting"); done
        fail() { tail -n 5 "$folder/log"; exit 1; }
        bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
        [ -n "$bin" ] || bin=$(dirname "$(command -v postgres || echo /no/postgres)")
        as=()
        if [ "$(id -u)" -eq 0 ]; then
            chown -R postgres "$folder"
            as=(setpriv --reuid=postgres --regid=postgres --init-groups)
        fi
        cd "$folder"
        "${as[@]}" "$bin/initdb" -D "$folder/data" -U parley --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync \
            --no-instructions </dev/null >"$folder/log" 2>&1 || fail
        start() {
            "${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \
                -c unix_socket_directories="$folder" "${settings[@]}" </dev/null >>"$folder/log" 2>&1 &
            pid=$!
            until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
                kill -0 "$pid" 2>/dev/null || fail
                sleep 0.05
            done
            echo started
        }
        stop() { kill -INT "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; }
        start
        while read -r order name; do
            case $order in
                start) start ;;
                stop) stop; echo stopped ;;
                create) "$bin/createdb" -h 127.0.0.1 -p "$port" -U parley "$name" && echo created ;;
            esac
        done
        stop
        rm -rf "$folder"
        """#
}

/// Passes the lines of a process to its readers in the order of their requests.
private final class AnswerLines: Sendable {
    private struct State {
        var unfinished: [UInt8] = []
        var lines: [String] = []
        var waiting: [CheckedContinuation<String?, Never>] = []
        var isClosed = false
    }

    private let state = NIOLockedValueBox(State())

    /// The next line, after `ask` was called; nil after the end.
    func next(isolation: isolated (any Actor)? = #isolation, _ ask: () -> Void) async -> String? {
        await withCheckedContinuation { continuation in
            state.withLockedValue { state in
                if state.isClosed { return continuation.resume(returning: nil) }
                state.waiting.append(continuation)
            }
            ask()
            state.withLockedValue { Self.match(&$0) }
        }
    }

    func take(_ data: Data) {
        state.withLockedValue { state in
            state.isClosed = data.isEmpty
            state.unfinished += data
            while let end = state.unfinished.firstIndex(of: UInt8(ascii: "\n")) {
                state.lines.append(String(decoding: state.unfinished[..<end], as: UTF8.self))
                state.unfinished.removeFirst(end + 1)
            }
            Self.match(&state)
        }
    }

    private static func match(_ state: inout State) {
        while !state.waiting.isEmpty, !state.lines.isEmpty {
            state.waiting.removeFirst().resume(returning: state.lines.removeFirst())
        }
        guard state.isClosed else { return }
        for continuation in state.waiting { continuation.resume(returning: nil) }
        state.waiting = []
    }
}

/// An unexpected reply of the PostgreSQL script to an order.
package struct PostgresServerError: Error {
    package let said: String

    package init(said: String) {
        self.said = said
    }
}
