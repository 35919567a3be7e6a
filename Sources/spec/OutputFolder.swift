import ArgumentParser
import Foundation

/// The output folder of generated files.
struct OutputFolder {
    /// The content of an expected file for which the spec generates nothing.
    static let nothing = "// Generated from the spec, which has nothing for this file.\n"

    let path: String

    /// Writes exactly the named files, and only if their text changed, so that unchanged ones are not compiled again.
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
