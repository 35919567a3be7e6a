import Crypto
import NIOCore
import ParleyContract
import SpecCore

/// Puts up, takes down and shows the pictures of users.
struct Pictures: Sendable {
    private let store: any Store
    private let objects: any MediaStore

    init(store: any Store, objects: any MediaStore) {
        self.store = store
        self.objects = objects
    }

    /// The whole file, which the spec bounds.
    func receive(_ file: FilePart) async throws -> CleanPicture {
        var whole = ByteBuffer()
        while var piece = try await file.next() { whole.writeBuffer(&piece) }
        do {
            return try CleanPicture(Array(whole.readableBytesView))
        } catch PictureFault.dimensions(let width, let height) {
            throw Problem(
                PutPicture.Problems.pictureDimensions,
                "A picture has at most \(CleanPicture.sideMax) pixels a side and \(CleanPicture.pixelsMax) in all; "
                    + "this one is \(width) by \(height).")
        } catch PictureFault.broken {
            throw Problem(.unsupportedMediaType, "This begins like a picture and goes on as none.")
        } catch {
            throw Problem(.unsupportedMediaType, "A picture is a PNG, JPEG, WebP or GIF.")
        }
    }

    /// The file is on disk before its row; the one before goes when no row names it any more.
    func put(_ picture: CleanPicture, for user: Identifier, at now: Timestamp) async throws -> User {
        let id = Identifier.make()
        try await keep(picture.bytes, as: id)
        let put = MediaQueries.putPicture(
            userId: user, id: id, contentType: picture.contentType, size: Int64(picture.bytes.count),
            sha256: Array(SHA256.hash(data: picture.bytes)), now: now)
        do {
            let (old, shown) = try await store.write { transaction in
                try transaction.execute(AccountsQueries.touch(userId: user, now: now))
                let old = try transaction.first(PicturesTable.find(userId: user))?.id
                try transaction.execute(put)
                try ProfileEvent.append(for: user, at: now, in: transaction)
                guard let row = try transaction.first(AccountsQueries.me(userId: user)) else {
                    throw AccountGone.problem
                }
                return (old, User(row))
            }
            if let old { try? await objects.remove(old) }
            return shown
        } catch {
            // After a lost connection nobody knows whether the row is there: then its file stays.
            if !StoreError.leavesOpen(error) { try? await objects.remove(id) }
            throw error
        }
    }

    private func keep(_ bytes: [UInt8], as id: Identifier) async throws {
        let draft = try await objects.begin()
        do {
            try await draft.write(ByteBuffer(bytes: bytes))
            try await draft.keep(as: id)
        } catch {
            await draft.discard()
            throw error
        }
    }

    func remove(of user: Identifier, at now: Timestamp) async throws {
        let old = try await store.write { transaction -> Identifier? in
            guard let old = try transaction.first(MediaQueries.removePicture(userId: user))?.id else { return nil }
            try transaction.execute(AccountsQueries.touch(userId: user, now: now))
            try ProfileEvent.append(for: user, at: now, in: transaction)
            return old
        }
        if let old { try? await objects.remove(old) }
    }

    /// The picture of a user as the caller may see it.
    func visible(of user: Identifier, to caller: Caller) async throws -> PicturesRow? {
        try await store.first(MediaQueries.visiblePicture(userId: user, viewerId: caller.viewer(of: user)))
    }

    func body(_ row: PicturesRow) -> Answer.Body {
        let objects = objects
        return .stream(length: Int(row.size)) { writer in
            try await objects.read(row.id, 0..<row.size) { try await writer.write($0) }
        }
    }
}
