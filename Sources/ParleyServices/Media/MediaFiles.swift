import NIOCore
package import ParleyContract
package import SpecCore

/// Upload and download of files, byte for byte.
package struct MediaFiles: MediaService {
    private let store: any Store
    private let objects: any MediaStore
    private let inspector: any FileInspector
    private let files: FileRemoval
    private let uploads: Uploads
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, objects: any MediaStore, inspector: any FileInspector, uploads: Uploads,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.objects = objects
        self.inspector = inspector
        files = FileRemoval(store: store, objects: objects)
        self.uploads = uploads
        self.now = now
    }

    // MARK: Upload

    package func uploadMedia(_ input: UploadMedia.Input, _ context: Context) async throws -> UploadMedia.Output {
        let owner = try context.signedIn().subject
        let usage = try await store.first(MediaUsageTable.find(userId: owner))?.bytes ?? 0
        guard usage < uploads.quota else { throw uploads.quotaExceeded }
        return try await uploads.run(input.body.file, of: owner, stored: usage) {
            try await store(input.body.file, of: owner)
        }
    }

    /// Returns the file as it is now, unless it was removed.
    package func reloadUploadMedia(_ id: Identifier, _ context: Context) async throws -> UploadMedia.Output {
        let owner = try context.signedIn().subject
        guard let row = try await store.first(MediaTable.find(id: id)), row.ownerId == owner else {
            throw Problem(.notFound, "The file has been removed.")
        }
        return .created(Media(row))
    }

    private func store(_ file: FilePart, of owner: Identifier) async throws -> UploadMedia.Output {
        let id = Identifier.make()
        let content = try await receive(file, as: id)
        let row = MediaRow(
            id: id, ownerId: owner, name: FileName(file.fileName)?.text, contentType: content.type,
            size: content.size, sha256: content.sha256, createdAt: now())
        do {
            try await add(row)
        } catch {
            // After a lost connection it is unknown whether the row was committed: then its file stays.
            if !StoreError.isOutcomeUnknown(error) { try? await objects.remove(id) }
            throw error
        }
        return .created(Media(row))
    }

    /// Stores the uploaded file. It is on disk before its row is inserted, so that no row is without its file.
    private func receive(_ file: FilePart, as id: Identifier) async throws -> ReceivedContent {
        let upload = try await objects.begin()
        do {
            var content = ReceivedContent(inspector: inspector)
            while let piece = try await file.next() {
                content.take(piece)
                try await upload.write(piece)
            }
            try await upload.keep(as: id)
            return content
        } catch {
            await upload.discard()
            throw error
        }
    }

    private func add(_ row: MediaRow) async throws {
        let use = MediaQueries.addUsage(userId: row.ownerId, bytes: row.size)
        let (problem, maximum) = (uploads.quotaExceeded, uploads.quota)
        try await store.write { transaction in
            guard let bytes = try transaction.first(use)?.bytes, bytes <= maximum else { throw problem }
            try transaction.execute(MediaTable.insert(row))
        }
    }

    // MARK: Delete

    package func deleteMedia(_ input: DeleteMedia.Input, _ context: Context) async throws -> DeleteMedia.Output {
        let (id, owner) = (input.mediaId, try context.signedIn().subject)
        let removed = try await store.write { transaction in
            guard try transaction.first(MediaTable.find(id: id))?.ownerId == owner else {
                throw Problem(.notFound, "There is no such file.")
            }
            let removed = try FileRemoval.removeUnused([id], in: transaction)
            guard !removed.isEmpty else { throw Problem(.mediaInUse) }
            return removed
        }
        await files.removeBytes(of: removed, logger: context.logger)
        return .noContent
    }

    // MARK: Download

    package func getMedia(_ input: GetMedia.Input, _ context: Context) async throws -> GetMedia.Output {
        let row = try await readable(input.mediaId, by: context.signedIn())
        let tag = EntityTag(digest: row.sha256)
        try IfMatch.check(input.ifMatch, tag)
        if let known = input.ifNoneMatch, tag.isNamedWeakly(in: known) {
            return .notModified(headers: .init(eTag: tag.text, cacheControl: CacheRule.own))
        }
        let disposition = Self.disposition(of: row)
        switch ByteRange(input.range, ifRange: input.ifRange, tag: tag, size: row.size) {
        case .whole:
            return .ok(
                body(row.id, 0..<row.size), contentType: row.contentType,
                headers: .init(
                    eTag: tag.text, cacheControl: CacheRule.own, acceptRanges: "bytes",
                    contentDisposition: disposition))
        case .part(let range):
            return .partialContent(
                body(row.id, range), contentType: row.contentType,
                headers: .init(
                    eTag: tag.text, cacheControl: CacheRule.own, acceptRanges: "bytes",
                    contentDisposition: disposition,
                    contentRange: "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(row.size)"))
        case .unsatisfiable:
            throw Problem(
                .rangeNotSatisfiable, "The file has \(row.size) bytes.",
                fields: HeaderFields([HeaderField("Content-Range", "bytes */\(row.size)")]))
        }
    }

    private static func disposition(of row: MediaRow) -> String {
        let type = isShown(row.contentType) ? "inline" : "attachment"
        return row.name.map { "\(type); \(FileName(stored: $0).parameters)" } ?? type
    }

    /// Returns true if a browser shows the type inline; all others are sent as attachments.
    private static func isShown(_ type: String) -> Bool {
        ["image/", "audio/", "video/"].contains { type.hasPrefix($0) }
    }

    private func readable(_ id: Identifier, by caller: Caller) async throws -> MediaRow {
        let query = MediaQueries.readable(mediaId: id, viewerId: caller.subject)
        guard let row = try await store.first(query) else {
            throw Problem(.notFound, "There is no such file.")
        }
        return row
    }

    private func body(_ id: Identifier, _ range: Range<Int64>) -> OperationResponse.Body {
        let objects = objects
        return .stream(length: range.count) { writer in
            try await objects.read(id, range) { try await writer.write($0) }
        }
    }
}
