import NIOPosix
import SpecCore
import SpecOutbound

/// The media store that `MEDIA_URL` names.
enum Objects {
    /// - Throws: ``SettingsError`` if it cannot be used.
    static func open(_ settings: ServerSettings) throws -> any MediaStore {
        try naming { try FileMediaStore(folder: settings.mediaFolder, threads: .singleton) }
    }

    /// Checks the media store and changes nothing.
    /// - Returns: the result as text.
    /// - Throws: ``SettingsError`` if it cannot be used.
    static func check(_ settings: ServerSettings) throws -> String {
        try naming { try Folder.look(at: settings.mediaFolder) }
            ? "ok (\(settings.mediaFolder))" : "ok (the first start creates \(settings.mediaFolder))"
    }

    private static func naming<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as FolderUnusable {
            throw SettingsError("MEDIA_URL", "\(error).")
        } catch MediaStoreError.failed(let reason) {
            throw SettingsError("MEDIA_URL", "\(reason).")
        }
    }
}
