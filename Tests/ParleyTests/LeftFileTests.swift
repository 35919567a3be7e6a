import NIOCore
import NIOPosix
import ParleyContract
import SpecCore
import SpecOutbound
import TestSupport
import Testing

@testable import ParleyServices

/// What becomes of files that no row names.
@Suite struct LeftFileTests {
    @Test(arguments: Engine.allCases) func removesThemAfterADay(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let folder = try TemporaryFolder()
            let objects = try FileMediaStore(folder: folder.path, threads: .singleton)
            let now = Timestamp.now()
            func id(_ hours: Int64, _ last: UInt64) -> Identifier {
                let made = Identifier.make(at: now.adding(seconds: -hours * 3_600))
                return Identifier(high: made.high, low: made.low & ~0xFF | last)
            }
            let user = id(72, 0)
            let (named, picture, young) = (id(48, 7), id(47, 7), id(23, 7))
            let left = [id(46, 7), id(30, 7), id(25, 255)]
            // Older than the first account: not a file of this database.
            let foreign = id(96, 7)
            try await Self.fill(store, user, named, picture, at: now)
            for id in left + [named, picture, young, foreign] {
                let draft = try await objects.begin()
                try await draft.write(ByteBuffer(string: "x"))
                try await draft.keep(as: id)
            }
            let files = LeftFiles(store: store, objects: objects)
            var place = LeftFiles.Place()
            var steps = 0
            repeat {
                place = try await files.sweep(from: place, limit: 2, at: now)
                steps += 1
            } while place != LeftFiles.Place() && steps < 300
            // 256 folders, and two steps more through the six files of one of them.
            #expect(steps == 259)
            let kept = Set(folder.files(below: ".").compactMap { Identifier(String($0.suffix(36))) })
            #expect(kept == [named, picture, young, foreign])
        }
    }

    private static func fill(
        _ store: any Store, _ user: Identifier, _ named: Identifier, _ picture: Identifier, at now: Timestamp
    ) async throws {
        try await store.write { transaction in
            try transaction.execute(
                UsersTable.insert(
                    UsersRow(
                        id: user, email: "ada@example.org", emailKey: "ada@example.org", passwordHash: "",
                        displayName: "Ada", about: nil, emailVerified: true, createdAt: now, updatedAt: now,
                        lastSeenAt: nil, deletedAt: nil)))
            try transaction.execute(
                MediaTable.insert(
                    MediaRow(id: named, ownerId: user, contentType: "a/b", size: 1, sha256: [], createdAt: now)))
            try transaction.execute(
                MediaQueries.putPicture(
                    userId: user, id: picture, contentType: "a/b", size: 1, sha256: [], now: now))
        }
    }
}
