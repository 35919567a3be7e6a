import NIOCore
package import ParleyContract
package import SpecCore

/// Takes files and gives them back, byte for byte.
package struct MediaFiles: MediaService {
    /// How many bytes of files a user can keep unless told otherwise.
    package static let bytesPerUserMax: Int64 = 1 << 30

    private let store: any Store
    private let objects: any MediaStore
    private let references: References
    private let bytesPerUserMax: Int64
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, objects: any MediaStore, references: References, bytesPerUserMax: Int64,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.objects = objects
        self.references = references
        self.bytesPerUserMax = bytesPerUserMax
        self.now = now
    }

    // MARK: Upload

    package func uploadMedia(_ input: UploadMedia.Input, _ context: Context) async throws -> UploadMedia.Output {
        let owner = try context.signedIn().subject
        let usage = try await store.first(MediaUsageTable.find(userId: owner))
        guard usage?.bytes ?? 0 < bytesPerUserMax else { throw quotaExceeded }
        let id = Identifier.make()
        let content = try await receive(input.body.file, as: id)
        let row = MediaRow(
            id: id, ownerId: owner, contentType: content.type, size: content.size, sha256: content.sha256,
            createdAt: now())
        do {
            try await add(row)
        } catch {
            // After a lost connection nobody knows whether the row is there: then its file stays.
            if !StoreError.leavesOpen(error) { try? await objects.remove(id) }
            throw error
        }
        return .created(Media(row).signed(by: references.signer(for: owner)))
    }

    /// The file is on disk before its row, so that no row is without its file.
    private func receive(_ file: FilePart, as id: Identifier) async throws -> ReceivedContent {
        let draft = try await objects.begin()
        do {
            var content = ReceivedContent()
            while let piece = try await file.next() {
                content.take(piece)
                try await draft.write(piece)
            }
            try await draft.keep(as: id)
            return content
        } catch {
            await draft.discard()
            throw error
        }
    }

    private func add(_ row: MediaRow) async throws {
        let use = MediaQueries.addUsage(userId: row.ownerId, bytes: row.size)
        let refusal = quotaExceeded
        let maximum = bytesPerUserMax
        try await store.write { transaction in
            guard let bytes = try transaction.first(use)?.bytes, bytes <= maximum else { throw refusal }
            try transaction.execute(MediaTable.insert(row))
        }
    }

    private var quotaExceeded: Problem {
        Problem(
            UploadMedia.Problems.mediaQuotaExceeded, "Your files would have more than \(bytesPerUserMax) bytes in all.")
    }

    // MARK: Download

    package func getMedia(_ input: GetMedia.Input, _ context: Context) async throws -> GetMedia.Output {
        let row = try await readable(input.mediaId, by: context.signedIn())
        let tag = EntityTag(digest: row.sha256)
        if let known = input.ifNoneMatch, tag.isNamedWeakly(in: known) {
            return .notModified(headers: .init(eTag: tag.text, cacheControl: CacheRule.own))
        }
        let disposition = ContentKind.isShown(row.contentType) ? "inline" : "attachment"
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
                GetMedia.Problems.rangeNotSatisfiable, "The file has \(row.size) bytes.",
                fields: HeaderFields([HeaderField("Content-Range", "bytes */\(row.size)")]))
        }
    }

    private func readable(_ id: Identifier, by caller: Caller) async throws -> MediaRow {
        let query = try MediaQueries.readable(mediaId: id, viewerId: caller.viewer(of: id))
        guard let row = try await store.first(query) else {
            throw Problem(GetMedia.Problems.notFound, "There is no such file.")
        }
        return row
    }

    private func body(_ id: Identifier, _ range: Range<Int64>) -> Answer.Body {
        let objects = objects
        return .stream(length: range.count) { writer in
            try await objects.read(id, range) { try await writer.write($0) }
        }
    }
}
