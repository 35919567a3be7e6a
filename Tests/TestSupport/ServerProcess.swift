package import Foundation
import NIOConcurrencyHelpers

/// The built server as a separate process, for tests of signals, exit codes and `kill -9`.
package final class ServerProcess: Sendable {
    /// The exit status and output of a process.
    package struct End: Sendable, Equatable {
        package let exitCode: Int32
        package let wasSignalled: Bool

        package init(exitCode: Int32, wasSignalled: Bool) {
            self.exitCode = exitCode
            self.wasSignalled = wasSignalled
        }
    }

    private let process: Process
    /// The output, both streams together.
    private let said = SaidLines()

    /// - Parameters:
    ///   - executable: a copy of the server; nil for the built one.
    ///   - folder: its working directory.
    ///   - environment: all its variables.
    ///   - openFiles: the soft and the hard limit of open files.
    package init(
        _ arguments: [String] = [], of executable: URL? = nil, in folder: TemporaryFolder,
        environment: [String: String],
        openFiles: (soft: Int, hard: Int)? = nil
    ) throws {
        process = Process()
        let executable = executable ?? Self.executable
        if let openFiles {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            let script = "ulimit -Sn \(openFiles.soft); ulimit -Hn \(openFiles.hard); exec \"$0\" \"$@\""
            process.arguments = ["-c", script, executable.path] + arguments
        } else {
            process.executableURL = executable
            process.arguments = arguments
        }
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = environment
        let pipe = ChildProcess.pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        let said = said
        OutputReader.start(pipe.fileHandleForReading) { data in
            if data.isEmpty { said.end() } else { said.append(String(decoding: data, as: UTF8.self)) }
        }
        process.terminationHandler = { process in
            said.exited(
                End(exitCode: process.terminationStatus, wasSignalled: process.terminationReason == .uncaughtSignal))
        }
        try ChildProcess.start(process)
    }

    /// The server beside the test bundle.
    package static var executable: URL {
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        if let bundle = CommandLine.arguments.first(where: { $0.hasSuffix(".xctest") }) {
            folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
        }
        return folder.appending(path: "parley")
    }

    package var processID: Int32 { process.processIdentifier }

    /// Waits for a line for which `find` returns a value; nil if the process ends without one.
    package func line<Value: Sendable>(_ find: @escaping @Sendable (String) -> Value?) async -> Value? {
        for await line in said.lines() {
            if let value = find(line) { return value }
        }
        return nil
    }

    /// Waits for the end; all output has been read by then. A test that is cancelled, by its time limit for instance,
    /// kills the process.
    package func end() async -> (end: End, text: String) {
        await withTaskCancellationHandler {
            await said.all()
        } onCancel: {
            send(SIGKILL)
        }
    }

    package func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }
}

/// The lines that a process has printed so far, and those to come.
private final class SaidLines: Sendable {
    private struct State {
        var text = ""
        var isClosed = false
        var end: ServerProcess.End?
        var readers: [AsyncStream<String>.Continuation] = []
        var waiting: [CheckedContinuation<(end: ServerProcess.End, text: String), Never>] = []
        var all: (end: ServerProcess.End, text: String)? { isClosed ? end.map { ($0, text) } : nil }
    }

    private let state = NIOLockedValueBox(State())

    func append(_ text: String) {
        state.withLockedValue { state in
            let unfinished = state.text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
            let isInsideLine = !state.text.isEmpty && !state.text.hasSuffix("\n")
            state.text += text
            let fresh = (isInsideLine ? String(unfinished) : "") + text
            var lines = fresh.split(separator: "\n", omittingEmptySubsequences: false)
            lines.removeLast()
            for line in lines { for reader in state.readers { reader.yield(String(line)) } }
        }
    }

    func end() { finish { $0.isClosed = true } }
    func exited(_ end: ServerProcess.End) { finish { $0.end = end } }

    private func finish(_ change: (inout State) -> Void) {
        state.withLockedValue { state in
            change(&state)
            guard let all = state.all else { return }
            for reader in state.readers { reader.finish() }
            for continuation in state.waiting { continuation.resume(returning: all) }
            state.waiting = []
        }
    }

    func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            state.withLockedValue { state in
                for line in state.text.split(separator: "\n") { continuation.yield(String(line)) }
                if state.all != nil { continuation.finish() } else { state.readers.append(continuation) }
            }
        }
    }

    func all() async -> (end: ServerProcess.End, text: String) {
        await withCheckedContinuation { continuation in
            state.withLockedValue { state in
                if let all = state.all { return continuation.resume(returning: all) }
                state.waiting.append(continuation)
            }
        }
    }
}
