import Foundation

/// Reports the port of a side to the process that started it.
enum Announcement {
    static func say(port: Int?) {
        FileHandle.standardError.write(Data("port \(port ?? 0)\n".utf8))
    }
}
