import Foundation

/// Reads what a process says on a thread of its own.
///
/// Not by `readabilityHandler`: where files are closed and opened by many at once, it may never hear of the end.
enum OutputReader {
    /// Hands everything to `take`, and nothing at the end.
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
