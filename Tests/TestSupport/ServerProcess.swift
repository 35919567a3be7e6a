import Foundation
import Synchronization

/// The built server as a process of its own, for what ends processes: signals, exit codes, `kill -9`.
package final class ServerProcess: Sendable {
    /// How a process ended and what it said.
    package struct End: Sendable, Equatable {
        package let exitCode: Int32
        package let wasSignalled: Bool

        package init(exitCode: Int32, wasSignalled: Bool) {
            self.exitCode = exitCode
            self.wasSignalled = wasSignalled
        }
    }

    private let process: Process
    /// What it wrote, both streams together.
    private let said = SaidLines()

    /// - Parameters:
    ///   - folder: its working directory.
    ///   - environment: all its variables.
    package init(_ arguments: [String] = [], in folder: TemporaryFolder, environment: [String: String]) throws {
        process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        let said = said
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                said.end()
            } else {
                said.append(String(decoding: data, as: UTF8.self))
            }
        }
        process.terminationHandler = { _ in said.exited() }
        try process.run()
    }

    /// The server beside the test bundle.
    private static var executable: URL {
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        if let bundle = CommandLine.arguments.first(where: { $0.hasSuffix(".xctest") }) {
            folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
        }
        return folder.appending(path: "parley")
    }

    package var processID: Int32 { process.processIdentifier }

    /// Waits for a line that `find` gets something out of; nil when the process ends without one.
    package func line<Value: Sendable>(_ find: @escaping @Sendable (String) -> Value?) async -> Value? {
        for await line in said.lines() {
            if let value = find(line) { return value }
        }
        return nil
    }

    /// Waits for the end; everything it said is there by then.
    package func end() async -> (end: End, text: String) {
        let text = await said.all()
        process.waitUntilExit()
        let end = End(
            exitCode: process.terminationStatus, wasSignalled: process.terminationReason == .uncaughtSignal)
        return (end, text)
    }

    package func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }
}

/// The lines that a process said so far, and those to come.
private final class SaidLines: Sendable {
    private struct State {
        var text = ""
        var isClosed = false
        var hasExited = false
        var readers: [AsyncStream<String>.Continuation] = []
        var waiting: [CheckedContinuation<String, Never>] = []
        var isComplete: Bool { isClosed && hasExited }
    }

    private let state = Mutex(State())

    func append(_ text: String) {
        state.withLock { state in
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
    func exited() { finish { $0.hasExited = true } }

    private func finish(_ change: (inout State) -> Void) {
        let (waiting, text) = state.withLock { state in
            change(&state)
            guard state.isComplete else { return ([CheckedContinuation<String, Never>](), "") }
            for reader in state.readers { reader.finish() }
            defer { state.waiting = [] }
            return (state.waiting, state.text)
        }
        for continuation in waiting { continuation.resume(returning: text) }
    }

    func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            state.withLock { state in
                for line in state.text.split(separator: "\n") { continuation.yield(String(line)) }
                if state.isComplete { continuation.finish() } else { state.readers.append(continuation) }
            }
        }
    }

    func all() async -> String {
        await withCheckedContinuation { continuation in
            let text = state.withLock { state -> String? in
                if state.isComplete { return state.text }
                state.waiting.append(continuation)
                return nil
            }
            if let text { continuation.resume(returning: text) }
        }
    }
}
