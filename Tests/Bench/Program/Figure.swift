import Foundation

/// One measured value, written as a line of JSON for the script that makes the table.
struct Figure: Encodable {
    let name: String
    /// Nanoseconds, a value per round.
    var ours: [Double] = []
    /// Nanoseconds of the implementation it is compared with.
    var theirs: [Double]?
    /// Memory allocations of our side per call.
    var allocations: Double?
    /// The reason if nothing was measured.
    var skipped: String?

    func write() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let line = try? encoder.encode(self) else { return }
        FileHandle.standardOutput.write(line + Data("\n".utf8))
    }
}
