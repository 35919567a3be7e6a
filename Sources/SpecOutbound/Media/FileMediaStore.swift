public import NIOCore
public import NIOPosix
public import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A media store with one file per object, complete from the moment its name exists and on disk when
/// ``MediaUpload/keep(as:)`` returns.
///
/// Files are in 256 folders, named after the last byte of their id. Uploads are in `drafts`, each locked by its
/// process, so that uploads of killed processes, and no others, are removed at the next start. A file that was kept but
/// is named by no row stays: the store does not know its owner.
public struct FileMediaStore: MediaStore {
    /// The most bytes of a file that are read at once.
    static let pieceBytes = 65_536

    private let folder: String
    private let threads: NIOThreadPool
    private var drafts: String { folder + "/drafts" }

    /// - Parameters:
    ///   - folder: created if it is missing, its parents too.
    ///   - threads: the pool on which files are read and written.
    /// - Throws: ``FolderUnusable``.
    public init(folder: String, threads: NIOThreadPool) throws {
        self.folder = folder
        self.threads = threads
        try Folder.make(drafts)
        try removeLeftDrafts()
    }

    private func removeLeftDrafts() throws {
        for name in try Folder.names(in: drafts) {
            let path = "\(drafts)/\(name)"
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { continue }
            // A lock that can be taken has no owner: its process is gone.
            if flock(file, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
            close(file)
        }
    }

    private func path(of id: Identifier) -> (folder: String, file: String) {
        let name = id.description
        let folder = "\(folder)/\(name.suffix(2))"
        return (folder, "\(folder)/\(name)")
    }

    // MARK: Objects

    public func begin() async throws -> any MediaUpload {
        let path = "\(drafts)/\(Identifier.make())"
        let file = try await threads.runIfActive { try TemporaryFile.open(path) }
        return TemporaryFile(file: file, path: path, threads: threads) { self.path(of: $0) }
    }

    public func read(
        _ id: Identifier, _ range: Range<Int64>, _ take: @Sendable (ByteBuffer) async throws -> Void
    ) async throws {
        let path = path(of: id).file
        let file = try await threads.runIfActive {
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else {
                throw errno == ENOENT ? MediaStoreError.missing(id) : FileCall.failure("open", path)
            }
            return file
        }
        defer { close(file) }
        var place = range.lowerBound
        while place < range.upperBound {
            let start = place
            let count = Int(min(Int64(Self.pieceBytes), range.upperBound - start))
            let piece = try await threads.runIfActive { try FileCall.read(file, start, count, path) }
            place += Int64(piece.readableBytes)
            try await take(piece)
        }
    }

    /// Writes a byte to a file, and removes the file.
    public func check() async throws {
        let upload = try await begin()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await upload.write(ByteBuffer(bytes: [0])))
        } catch {
            outcome = .failure(error)
        }
        await upload.discard()
        try outcome.get()
    }

    public func freeBytes() async throws -> Int64? {
        let folder = folder
        return try await threads.runIfActive { try FileCall.freeBytes(in: folder) }
    }

    public func remove(_ id: Identifier) async throws {
        let path = path(of: id).file
        try await threads.runIfActive {
            guard unlink(path) == 0 || errno == ENOENT else { throw FileCall.failure("unlink", path) }
        }
    }
}

/// System calls whose errors name the call and the path.
enum FileCall {
    static func failure(_ call: String, _ path: String) -> MediaStoreError {
        .failed("\(call) \(path): \(String(cString: strerror(errno)))")
    }

    /// The bytes that are free for this user on a folder's file system.
    static func freeBytes(in folder: String) throws -> Int64 {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { throw failure("statvfs", folder) }
        let (bytes, isFar) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isFar ? .max : Int64(clamping: bytes)
    }

    /// Reads at least one byte at an offset of a file.
    static func read(_ file: Int32, _ place: Int64, _ count: Int, _ path: String) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        let got = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
            max(0, pread(file, room.baseAddress, min(count, room.count), off_t(place)))
        }
        guard got > 0 else { throw failure("read", path) }
        return buffer
    }

    static func write(_ file: Int32, _ bytes: ByteBuffer, _ path: String) throws {
        try bytes.withUnsafeReadableBytes { raw in
            var rest = raw[...]
            while !rest.isEmpty {
                let count = UnsafeRawBufferPointer(rebasing: rest).withMemoryRebound(to: UInt8.self) {
                    systemWrite(file, $0.baseAddress, $0.count)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure("write", path) }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Makes the names in a folder durable (fsync).
    static func sync(folder: String) throws {
        let file = open(folder, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("open", folder) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure("fsync", folder) }
    }
}

/// `write(2)`, which has the name of a method here.
private func systemWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, start, count)
}
