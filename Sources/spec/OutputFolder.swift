import ArgumentParser
import Foundation

/// The folder that generated files are written to.
struct OutputFolder {
    /// What a file holds that the spec gives nothing to: the build expects it all the same.
    static let nothing = "// Generated from the spec, which has nothing for this file.\n"

    let path: String

    /// Writes exactly the named files, and only those whose text changed, so that nothing else is compiled again.
    func write(_ outputs: [String: String], names: Set<String>) throws {
        if let stray = outputs.keys.filter({ !names.contains($0) }).min() {
            throw ValidationError("The build does not expect the file '\(stray)': plan it again (touch Package.swift).")
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for name in names.sorted() {
            try write(Data((outputs[name] ?? Self.nothing).utf8), to: path + "/" + name)
        }
    }

    private func write(_ data: Data, to file: String) throws {
        guard FileManager.default.contents(atPath: file) != data else { return }
        try data.write(to: URL(fileURLWithPath: file), options: .atomic)
    }
}
