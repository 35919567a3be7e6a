import Foundation

/// Reads the output of a process on its own thread.
///
/// Not by `readabilityHandler`: if many threads close and open files at once, it may never report the end.
enum OutputReader {
    /// Passes all output to `take`, and an empty `Data` at the end.
    static func start(_ handle: FileHandle, _ take: @escaping @Sendable (Data) -> Void) {
        Thread.detachNewThread {
            while true {
                let data = handle.availableData
                take(data)
                if data.isEmpty { return }
            }
        }
    }
}
