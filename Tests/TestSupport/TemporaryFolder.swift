import Foundation

/// A folder for one test, removed with its contents when the last reference is released.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = NSTemporaryDirectory() + "parley-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The names of the files in a sub-folder, sorted; empty if it does not exist.
    package func files(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
    }

    /// The paths of the files in a sub-folder and below it, sorted; empty if it does not exist. Without the profile that
    /// a process leaves when coverage is measured.
    package func files(below folder: String) -> [String] {
        let root = "\(path)/\(folder)"
        return ((try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []).filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue && !path.hasSuffix(".profraw")
        }.sorted()
    }

    /// The text of a file.
    package func text(of file: String) -> String? { bytes(of: file).map { String(decoding: $0, as: UTF8.self) } }

    /// Writes a file into an existing sub-folder.
    package func write(_ bytes: [UInt8], to file: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(file)"))
    }

    /// The bytes of a file.
    package func bytes(of file: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(file)").map { Array($0) }
    }
}
