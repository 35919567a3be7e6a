import NIOConcurrencyHelpers
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Takes whole log lines from any thread and writes them on a thread of its own, so that no event loop waits for a
/// disk.
public final class LogOutput: Sendable {
    /// The most bytes that are queued; further lines are dropped and counted in a line of their own.
    public static let waitingBytesMax = 8 << 20
    /// Microseconds for which lines are gathered: waking a thread for every line would cost more than the request it
    /// reports.
    public static let gatheringMicroseconds: UInt32 = 10_000

    private struct State {
        var bytes: [UInt8] = []
        var dropped = 0
        var isScheduled = false
    }

    private let state = NIOLockedValueBox(State())
    /// Held while bytes are being written, so that a last flush waits for them.
    private let writing = NIOLock()
    private let threads: NIOThreadPool
    private let file: Int32

    /// - Parameter file: a descriptor that stays open, such as 1.
    public init(file: Int32) {
        self.file = file
        threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
    }

    /// Adds a line with its line break; never waits.
    public func write(_ line: some Sequence<UInt8>) {
        if append(line) { threads.submit { _ in self.gather() } }
    }

    /// Appends a line; returns true if the writer thread must be woken.
    @inline(__always) private func append(_ line: some Sequence<UInt8>) -> Bool {
        state.withLockedValue { state in
            guard state.bytes.count < Self.waitingBytesMax else {
                state.dropped += 1
                return false
            }
            state.bytes.append(contentsOf: line)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
    }

    /// Writes until no line has come for a while.
    private func gather() {
        repeat { usleep(Self.gatheringMicroseconds) } while writeWaiting()
    }

    /// Writes all queued lines; for the end of the process.
    public func flush() {
        while writeWaiting() {}
    }

    /// Writes the queued lines; returns false if there were none.
    private func writeWaiting() -> Bool {
        writing.withLock {
            guard let bytes = takeWaiting() else { return false }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
                guard count > 0 || errno == EINTR else { break }
                rest = rest.dropFirst(max(count, 0))
            }
            return true
        }
    }

    private func takeWaiting() -> [UInt8]? {
        state.withLockedValue { state in
            if state.bytes.isEmpty {
                state.isScheduled = false
                return nil
            }
            var bytes: [UInt8] = []
            swap(&bytes, &state.bytes)
            if state.dropped > 0 {
                bytes += Array("{\"level\":\"warning\",\"message\":\"\(state.dropped) log lines were dropped\"}\n".utf8)
                state.dropped = 0
            }
            return bytes
        }
    }
}

/// `write(2)`, which has the name of a method here.
private func systemWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, start, count)
}
