import Foundation

/// One measured thing, written as a line of JSON for the script that makes the table.
struct Figure: Encodable {
    let name: String
    /// Nanoseconds, a value per round.
    var ours: [Double] = []
    /// Nanoseconds of what it is held against.
    var theirs: [Double]?
    /// How often our side asked for memory, per call.
    var allocations: Double?
    /// Why nothing was measured.
    var skipped: String?

    func write() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let line = try? encoder.encode(self) else { return }
        FileHandle.standardOutput.write(line + Data("\n".utf8))
    }
}
