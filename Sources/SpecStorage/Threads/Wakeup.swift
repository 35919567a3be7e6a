#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Wakes a thread that is blocked in `poll`.
final class Wakeup: Sendable {
    /// The file descriptor to poll: readable after ``wake()``, until ``clear()``.
    let file: Int32
    private let other: Int32

    init() {
        var files: [Int32] = [-1, -1]
        precondition(pipe(&files) == 0, "a pipe could not be created: \(String(cString: strerror(errno)))")
        (file, other) = (files[0], files[1])
        for file in files {
            _ = fcntl(file, F_SETFL, O_NONBLOCK)
            _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        }
    }

    /// Wakes the thread. A full pipe wakes it as well, so a failed write can be ignored.
    func wake() {
        var byte: UInt8 = 0
        _ = write(other, &byte, 1)
    }

    func clear() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(file, &bytes, MemoryLayout.size(ofValue: bytes)) > 0 {}
    }

    deinit {
        close(file)
        close(other)
    }
}
