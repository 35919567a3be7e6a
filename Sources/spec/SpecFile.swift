import ArgumentParser
import Foundation
import SpecCompiler

/// Reads a file of a spec from disk.
enum SpecFile {
    private static let endings = ["yaml", "yml", "json", "sql"]

    /// Whether the name is that of a document or of queries.
    static func belongs(_ name: String) -> Bool {
        endings.contains { name.hasSuffix("." + $0) }
    }

    /// Reads no more than one byte over the bound: the parser then refuses the file by its size.
    static func read(_ path: String, shownAs shown: String) throws -> SourceFile {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let type = try? FileManager.default.attributesOfItem(atPath: resolved.path)[.type] as? FileAttributeType
        guard type == .typeRegular, let handle = FileHandle(forReadingAtPath: resolved.path) else {
            throw ValidationError("The file '\(shown)' cannot be read.")
        }
        defer { try? handle.close() }
        let data = try handle.read(upToCount: ParseLimits().fileBytesMax + 1) ?? Data()
        return SourceFile(path: shown, bytes: [UInt8](data))
    }
}
