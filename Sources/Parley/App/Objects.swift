import NIOPosix
import SpecCore
import SpecOutbound

/// The media store that `MEDIA_URL` names.
enum Objects {
    /// - Throws: ``SettingsError`` when it cannot be used.
    static func open(_ settings: Settings) throws -> any MediaStore {
        do {
            return try FileMediaStore(folder: settings.mediaFolder, threads: .singleton)
        } catch let error as FolderUnusable {
            throw SettingsError("MEDIA_URL", "\(error).")
        } catch MediaStoreError.failed(let reason) {
            throw SettingsError("MEDIA_URL", "\(reason).")
        }
    }
}
