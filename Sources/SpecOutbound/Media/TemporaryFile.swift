import NIOCore
import NIOPosix
import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An upload in a temporary file, renamed into its place when it is kept.
struct TemporaryFile: MediaUpload {
    let file: Int32
    let path: String
    let threads: NIOThreadPool
    let place: @Sendable (Identifier) -> (folder: String, file: String)

    /// Creates the file and locks it for as long as it is open.
    static func open(_ path: String) throws -> Int32 {
        let file = createFile(path)
        guard file >= 0 else { throw FileCall.failure("open", path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw FileCall.failure("flock", path)
        }
        return file
    }

    func write(_ bytes: ByteBuffer) async throws {
        let (file, path) = (file, path)
        try await threads.runIfActive { try FileCall.write(file, bytes, path) }
    }

    func keep(as id: Identifier) async throws {
        let (file, path, target) = (file, path, place(id))
        try await threads.runIfActive {
            guard fsync(file) == 0 else { throw FileCall.failure("fsync", path) }
            if mkdir(target.folder, 0o700) == 0 {
                try FileCall.sync(folder: target.folder + "/..")
            } else if errno != EEXIST {
                throw FileCall.failure("mkdir", target.folder)
            }
            guard rename(path, target.file) == 0 else { throw FileCall.failure("rename", target.file) }
            do {
                try FileCall.sync(folder: target.folder)
            } catch {
                // Not durable, so it must not be found, now or after a crash.
                unlink(target.file)
                throw error
            }
            close(file)
        }
    }

    func discard() async {
        let (file, path) = (file, path)
        try? await threads.runIfActive {
            unlink(path)
            close(file)
        }
    }
}

/// `open(2)`, which has the name of a method here.
private func createFile(_ path: String) -> Int32 {
    open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
}
