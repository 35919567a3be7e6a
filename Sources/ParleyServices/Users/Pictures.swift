import Crypto
import Logging
import NIOCore
import ParleyContract
import SpecCore

/// Stores, removes and serves the pictures of users.
struct Pictures: Sendable {
    private static let bounds = PictureBounds(sideMax: 8_192, pixelsMax: 40_000_000)

    private let store: any Store
    private let objects: any MediaStore
    private let files: FileRemoval
    private let inspector: any FileInspector

    init(store: any Store, objects: any MediaStore, inspector: any FileInspector) {
        self.store = store
        self.objects = objects
        files = FileRemoval(store: store, objects: objects)
        self.inspector = inspector
    }

    /// Reads the whole file, whose size the spec bounds, and removes its metadata.
    func receive(_ file: FilePart) async throws -> Picture {
        var whole = ByteBuffer()
        while var piece = try await file.next() { whole.writeBuffer(&piece) }
        do {
            return try inspector.picture(Array(whole.readableBytesView), within: Self.bounds)
        } catch PictureError.dimensions(let width, let height) {
            throw Problem(
                .pictureDimensions,
                "A picture can have at most \(Self.bounds.sideMax) pixels per side and \(Self.bounds.pixelsMax) in all; "
                    + "this one is \(width) by \(height).")
        } catch PictureError.malformed {
            throw Problem(.unsupportedMediaType, "The picture is malformed.")
        } catch {
            throw Problem(.unsupportedMediaType, "A picture must be a PNG, JPEG, WebP or GIF.")
        }
    }

    /// Stores a picture. The file is on disk before its row; the previous file is removed after its row.
    func put(_ picture: Picture, for user: Identifier, at now: Timestamp, logger: Logger) async throws -> User {
        let id = Identifier.make()
        try await keep(picture.bytes, as: id)
        let row = PicturesRow(
            userId: user, id: id, contentType: picture.contentType, size: Int64(picture.bytes.count),
            sha256: Array(SHA256.hash(data: picture.bytes)), createdAt: now)
        do {
            let (old, shown) = try await store.write { transaction in
                try transaction.execute(AccountsQueries.touch(userId: user, now: now))
                let known = try transaction.first(PicturesTable.find(userId: user)).map { [$0.id] }
                let old = try FileRemoval.note(known ?? [], in: transaction)
                try transaction.execute(MediaQueries.putPicture(row))
                try ProfileEvent.emit(for: user, at: now, in: transaction)
                guard let account = try transaction.first(AccountsQueries.me(userId: user)) else {
                    throw AccountGone.problem
                }
                return (old, User(account))
            }
            await files.removeBytes(of: old, logger: logger)
            return shown
        } catch {
            // After a lost connection it is unknown whether the row was committed: then its file stays.
            if !StoreError.isOutcomeUnknown(error) { try? await objects.remove(id) }
            throw error
        }
    }

    private func keep(_ bytes: [UInt8], as id: Identifier) async throws {
        let upload = try await objects.begin()
        do {
            try await upload.write(ByteBuffer(bytes: bytes))
            try await upload.keep(as: id)
        } catch {
            await upload.discard()
            throw error
        }
    }

    func remove(of user: Identifier, at now: Timestamp, logger: Logger) async throws {
        let old = try await store.write { transaction -> [Identifier] in
            guard let old = try transaction.first(MediaQueries.removePicture(userId: user))?.id else { return [] }
            try transaction.execute(AccountsQueries.touch(userId: user, now: now))
            try ProfileEvent.emit(for: user, at: now, in: transaction)
            return try FileRemoval.note([old], in: transaction)
        }
        await files.removeBytes(of: old, logger: logger)
    }

    /// Returns the picture of a user as the caller may see it.
    func visible(of user: Identifier, to caller: Caller) async throws -> PicturesRow? {
        try await store.first(MediaQueries.visiblePicture(userId: user, viewerId: caller.subject))
    }

    func body(_ row: PicturesRow) -> OperationResponse.Body {
        let objects = objects
        return .stream(length: Int(row.size)) { writer in
            try await objects.read(row.id, 0..<row.size) { try await writer.write($0) }
        }
    }
}
