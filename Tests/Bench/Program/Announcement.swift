import Foundation

/// Tells whoever started a side where it listens.
enum Announcement {
    static func say(port: Int?) {
        FileHandle.standardError.write(Data("port \(port ?? 0)\n".utf8))
    }
}
