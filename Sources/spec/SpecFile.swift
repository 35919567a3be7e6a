import ArgumentParser
import Foundation
import SpecCompiler

/// Reads a file of a spec from disk.
enum SpecFile {
    /// Reads a file up to one byte over the bound: the parser then rejects the file by its size.
    static func read(_ path: String, shownAs shown: String) throws -> SourceFile {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let type = try? FileManager.default.attributesOfItem(atPath: resolved.path)[.type] as? FileAttributeType
        guard type == .typeRegular, let handle = FileHandle(forReadingAtPath: resolved.path) else {
            throw ValidationError("The file '\(shown)' could not be read.")
        }
        defer { try? handle.close() }
        let data = try handle.read(upToCount: ParseLimits().fileBytesMax + 1) ?? Data()
        return SourceFile(path: shown, bytes: [UInt8](data))
    }
}
