package import Foundation
import NIOConcurrencyHelpers

/// Starts processes one after the other, so that none inherits descriptors of another.
///
/// A process that inherits the end of a pipe keeps it open, so a reader waiting for the pipe's end waits for the wrong
/// process. Foundation has such an end of its own in each start, by which it notices that a process has ended.
package enum ChildProcess {
    private static let starts = NIOLockedValueBox(())

    /// A pipe that only its own process inherits, as one of its three streams.
    package static func pipe() -> Pipe {
        starts.withLockedValue { _ in
            let pipe = Pipe()
            for handle in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
                _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
            }
            return pipe
        }
    }

    package static func start(_ process: Process) throws {
        try starts.withLockedValue { _ in try process.run() }
    }

    /// Runs a tool to its end; its output is dropped.
    /// - Returns: its exit code.
    package static func run(_ tool: String, _ arguments: [String]) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try start(process)
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
