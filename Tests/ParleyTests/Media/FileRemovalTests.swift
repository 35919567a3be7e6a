import ParleyContract
import SpecCore
import SpecStorage
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the removal of files: with their message, by their owner, and after a week.
@Suite(.timeLimit(.minutes(10))) struct FileRemovalTests {
    private static let bytes = Array("a file".utf8)

    @Test func removesAFileWithTheLastMessageThatHasIt() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let eve = try await server.account("Eve")
            let file = try await server.upload(Self.bytes, by: ada)
            let first = try await server.send([file], from: ada, to: bob).json["id"].string ?? ""
            let second = try await server.send([file], from: ada, to: eve).json["id"].string ?? ""
            func seen(by user: TestServer.Account) async throws -> Int {
                try await server.send(Request("GET", file.path, token: user.token)).status
            }
            #expect(try await server.delete(first, by: ada).status == 204)
            #expect(try await [seen(by: ada), seen(by: bob), seen(by: eve)] == [200, 404, 200])
            #expect(try await server.delete(second, by: ada).status == 204)
            #expect(try await [seen(by: ada), seen(by: bob), seen(by: eve)] == [404, 404, 404])
            #expect(server.objects == [])
            // It cannot be sent any more.
            #expect(try await server.send([file], from: ada, to: bob).code == "media-unknown")
        }
    }

    @Test func givesTheBytesBackToTheQuota() async throws {
        try await TestServer.run(mediaBytesPerUserMax: 10) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let sent = try await server.upload(Self.bytes, by: ada)
            let message = try await server.send([sent], from: ada, to: bob).json["id"].string ?? ""
            #expect(try await server.upload(Self.bytes, by: ada).code == "media-quota-exceeded")
            #expect(try await server.delete(message, by: ada).status == 204)
            let next = try await server.upload(Self.bytes, by: ada)
            #expect(next.status == 201)
            #expect(try await server.upload(Self.bytes, by: ada).code == "media-quota-exceeded")
            #expect(try await server.send(Request("DELETE", next.path, token: ada.token)).status == 204)
            #expect(try await server.upload(Self.bytes, by: ada).status == 201)
        }
    }

    @Test func removesWhatItsOwnerDoesNotWantToSend() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let file = try await server.upload(Self.bytes, by: ada)
            let message = try await server.send([file], from: ada, to: bob).json["id"].string ?? ""
            func delete(by user: TestServer.Account) async throws -> Reply {
                try await server.send(Request("DELETE", file.path, token: user.token))
            }
            let used = try await delete(by: ada)
            #expect([used.status == 409, used.code == "media-in-use"] == [true, true])
            #expect(try await delete(by: bob).status == 404)
            #expect(try await server.send(Request("GET", file.path, token: bob.token)).body == Self.bytes)
            #expect(try await server.delete(message, by: ada).status == 204)
            #expect(try await delete(by: ada).code == "not-found")
            let other = try await server.upload(Self.bytes, by: ada)
            #expect(try await server.send(Request("DELETE", other.path, token: ada.token)).status == 204)
            #expect(try await server.send(Request("GET", other.path, token: ada.token)).status == 404)
            #expect(server.objects == [])
        }
    }

    @Test func keepsTheOrderOfFilesAndRefusesOneTwice() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            var files: [Reply] = []
            for number in 1...4 { files.append(try await server.upload([UInt8(number)], by: ada)) }
            let order = [files[2], files[0], files[3], files[1]]
            let message = try await server.send(order, from: ada, to: bob)
            #expect(message.json["media"].items.map { $0["id"] } == order.map { $0.json["id"] })
            let read = try await server.read(message.json["id"].string ?? "", by: bob)
            #expect(read.json["media"].items.map { $0["id"] } == order.map { $0.json["id"] })
            let twice = try await server.send([files[0], files[1], files[0]], from: ada, to: bob)
            #expect([twice.status == 422, twice.code == "media-repeated"] == [true, true])
        }
    }

    // MARK: Housekeeping

    private static func housekeeper(
        _ store: any Store, _ objects: MemoryObjects, at now: Timestamp
    ) -> Housekeeper {
        Housekeeper(
            store: store, objects: objects,
            secondFactor: SecondFactor(.shared(TestServer.secret)),
            logger: ProductStore.quiet, now: { now })
    }

    private static func file(of owner: Identifier, at time: Timestamp) -> MediaRow {
        MediaRow(
            id: .make(), ownerId: owner, name: nil, contentType: "image/png", size: 5, sha256: [1], createdAt: time)
    }

    /// Stores a user with three files: one that is a week old, one that is sent, and one that is younger.
    private static func fill(
        _ store: any Store, at now: Timestamp
    ) async throws -> (user: Identifier, old: MediaRow, sent: MediaRow, young: MediaRow) {
        let user = UsersRow(
            id: .make(), email: "a@example.org", emailKey: "a@example.org", passwordHash: "", displayName: "Ada",
            about: nil, emailVerified: true, createdAt: now, updatedAt: now, lastSeenAt: nil, deletedAt: nil)
        let week = now.adding(seconds: -FileHousekeeping.unsentSeconds)
        let files = [week.adding(seconds: -1), week.adding(seconds: -1), week].map { file(of: user.id, at: $0) }
        let message = MessagesRow(
            id: .make(), lowId: user.id, highId: user.id, seq: 1, clientMessageId: .make(), senderId: user.id,
            recipientId: user.id, body: nil, replyToId: nil, createdAt: now, editedAt: nil, deletedAt: nil,
            sessionId: nil, mediaCount: 1, fingerprint: nil, reactions: nil, received: 1)
        try await store.write { transaction in
            try transaction.execute(UsersTable.insert(user))
            try transaction.execute(MessagesTable.insert(message))
            for file in files { try transaction.execute(MediaTable.insert(file)) }
            try transaction.execute(
                MessageMediaTable.insert(MessageMediaRow(messageId: message.id, place: 0, mediaId: files[1].id)))
            _ = try transaction.all(MediaQueries.addUsage(userId: user.id, bytes: 15))
        }
        return (user.id, files[0], files[1], files[2])
    }

    @Test(arguments: Engine.allCases) func removesWhatWasNeverSentAfterAWeek(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (now, objects) = (Timestamp.now(), MemoryObjects())
            let (user, old, sent, young) = try await Self.fill(store, at: now)
            _ = await Self.housekeeper(store, objects, at: now).run(from: Housekeeper.ScanCursors())
            #expect(objects.removed == [old.id])
            #expect(try await store.first(MediaTable.find(id: old.id)) == nil)
            #expect(try await store.first(MediaTable.find(id: sent.id)) != nil)
            #expect(try await store.first(MediaTable.find(id: young.id)) != nil)
            #expect(try await store.first(MediaUsageTable.find(userId: user))?.bytes == 10)
            let nothing = Identifier(high: 0, low: 0)
            #expect(try await store.all(RemovedFilesTable.page(id: nothing, limit: 9)).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func findsTheBytesAgainThatAProcessLeft(engine: Engine) async throws {
        try await ProductStore.run(engine) { store in
            let (now, objects) = (Timestamp.now(), MemoryObjects())
            let (_, old, _, _) = try await Self.fill(store, at: now)
            objects.fail(true)
            let housekeeper = Self.housekeeper(store, objects, at: now)
            let cursors = await housekeeper.run(from: Housekeeper.ScanCursors())
            // The row is gone at once, the bytes as soon as it is possible.
            #expect(try await store.first(MediaTable.find(id: old.id)) == nil)
            #expect(objects.removed == [])
            objects.fail(false)
            _ = await housekeeper.run(from: cursors)
            #expect(objects.removed == [old.id])
        }
    }
}

extension TestServer {
    /// Sends a message with files only.
    func send(_ files: [Reply], from sender: Account, to recipient: Account) async throws -> Reply {
        let body: JSONValue = [
            "recipientId": .string(recipient.id), "clientMessageId": .string(Identifier.make().description),
            "mediaIds": .array(files.map { $0.json["id"] }),
        ]
        return try await send(Request("POST", "/messages", token: sender.token, json: body))
    }
}
