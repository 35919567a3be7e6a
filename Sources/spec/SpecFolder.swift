import ArgumentParser
import Foundation
import SpecCompiler

/// The folder of a spec on disk.
struct SpecFolder {
    /// The maximum number of files; a folder with more is not a spec.
    private static let filesMax = 10_000
    /// The maximum depth, which stops at cycles of symbolic links.
    private static let depthMax = 16

    let path: String

    /// Reads every file but those that ``SpecFiles/ignores(_:)`` names.
    func read() throws -> SpecFiles {
        let shown = Self.relative(path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw ValidationError("The folder '\(path)' does not exist.")
        }
        var found: [String] = []
        try list(path, prefix: "", depth: 0, into: &found)
        let files = try found.sorted().map { name in
            try SpecFile.read(path + "/" + name, shownAs: shown.isEmpty ? name : PathName.normalise(shown + "/" + name))
        }
        let spec = SpecFiles(folder: shown, files: files)
        guard spec.rootPath != nil else {
            throw ValidationError("The folder '\(path)' contains no \(SpecFiles.rootNames.joined(separator: ", ")).")
        }
        return spec
    }

    private func list(_ folder: String, prefix: String, depth: Int, into found: inout [String]) throws {
        guard depth <= Self.depthMax else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where !SpecFiles.ignores(name) {
            let path = folder + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try list(path, prefix: prefix + name + "/", depth: depth + 1, into: &found)
            } else {
                found.append(prefix + name)
            }
            guard found.count <= Self.filesMax else {
                throw ValidationError("The folder '\(self.path)' has more than \(Self.filesMax) files; is it a spec?")
            }
        }
    }

    /// The path as printed in diagnostics: relative to the working directory if it is inside.
    static func relative(_ path: String, to directory: String = FileManager.default.currentDirectoryPath) -> String {
        let path = PathName.normalise(path)
        let directory = PathName.normalise(directory)
        if path == directory { return "" }
        return path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.count + 1)) : path
    }
}
