import NIOConcurrencyHelpers
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of what a user's uploads may take while they are in progress.
@Suite(.timeLimit(.minutes(10))) struct UploadTests {
    /// What a held upload sends every second, so that it is not too slow: 70 seconds until it is complete.
    private static let trickle = [UInt8](repeating: 1, count: 2_048)

    /// An upload whose head and first half were sent, with the whole length declared or in chunks.
    private static func beginning(of account: TestServer.Account, bytes: Int, isChunked: Bool = false) -> [UInt8] {
        let whole = Form().with("file", [UInt8](repeating: 1, count: bytes)).bytes
        let first = Array(whole.dropLast(bytes / 2))
        let lines = [
            "POST /media HTTP/1.1", "Host: a", "Authorization: Bearer \(account.token)",
            "Content-Type: multipart/form-data; boundary=\(Form().boundary)",
            isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(whole.count)", "", "",
        ]
        let chunk = isChunked ? Array("\(String(first.count, radix: 16))\r\n".utf8) : []
        return Array(lines.joined(separator: "\r\n").utf8) + chunk + first
    }

    /// Holds a number of unfinished uploads while `body` runs.
    private static func holding(
        _ count: Int, _ server: TestServer, of account: TestServer.Account, bytes: Int, isChunked: Bool = false,
        _ body: () async throws -> Void
    ) async throws {
        guard count > 0 else { return try await body() }
        let before = server.leftDrafts.count
        let sent = beginning(of: account, bytes: bytes, isChunked: isChunked)
        let more = isChunked ? Array("\r\n800\r\n".utf8) + trickle : trickle
        try await RawConnection.hold(port: server.port, sending: sent, then: more) {
            try await waitFor { server.leftDrafts.count == before + 1 }
            try await holding(count - 1, server, of: account, bytes: bytes, isChunked: isChunked, body)
        }
        try await waitFor { server.leftDrafts.count == before }
    }

    private static func waitFor(_ condition: () -> Bool) async throws {
        let began = ContinuousClock.now
        while !condition() {
            try #require(ContinuousClock.now - began < .seconds(30))
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private static func file(_ count: Int) -> [UInt8] { [UInt8](repeating: 2, count: count) }

    @Test func countsUnfinishedUploadsTowardsTheQuota() async throws {
        try await TestServer.run(mediaBytesPerUserMax: 1_000_000) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            try await Self.holding(3, server, of: ada, bytes: 300_000) {
                let full = try await server.upload(Self.file(100_001), by: ada)
                #expect(full.status == 422)
                #expect(full.code == "media-quota-exceeded")
                #expect(try await server.upload(Self.file(100_000), by: ada).status == 201)
                #expect(try await server.upload(Self.file(1_000_000), by: bob).status == 201)
            }
            // What was abandoned is given back.
            #expect(try await server.upload(Self.file(900_001), by: ada).code == "media-quota-exceeded")
            #expect(try await server.upload(Self.file(900_000), by: ada).status == 201)
        }
    }

    @Test func reservesTheMaximumForALengthThatIsNotDeclared() async throws {
        let maximum: Int64 = 25 << 20
        try await TestServer.run(mediaBytesPerUserMax: 2 * maximum) { server in
            let ada = try await server.account("Ada")
            try await Self.holding(1, server, of: ada, bytes: 300_000, isChunked: true) {
                try await Self.holding(1, server, of: ada, bytes: 300_000, isChunked: true) {
                    let refused = try await server.upload(Self.file(1), by: ada)
                    #expect(refused.code == "media-quota-exceeded")
                }
                #expect(try await server.upload(Self.file(1), by: ada).status == 201)
            }
        }
    }

    @Test func allowsFourUploadsOfAUserAtOnce() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            try await Self.holding(4, server, of: ada, bytes: 300_000) {
                let file = try await server.upload(Self.file(1), by: ada)
                let picture = try await server.putPicture(SamplePicture.png.clean, of: ada)
                for refused in [file, picture] {
                    #expect(refused.status == 429)
                    #expect(refused.code == "rate-limited")
                    #expect(refused.field("Retry-After") == "5")
                }
                #expect(try await server.upload(Self.file(1), by: bob).status == 201)
            }
            #expect(try await server.upload(Self.file(1), by: ada).status == 201)
            #expect(try await server.putPicture(SamplePicture.png.clean, of: ada).status == 200)
        }
    }

    @Test func leavesRoomForTheDatabase() async throws {
        let free = NIOLockedValueBox(Uploads.freeBytesMin + 300_000)
        let probe: @Sendable () async throws -> Int64? = { free.withLockedValue { $0 } }
        try await TestServer.run(freeBytes: probe) { server in
            free.withLockedValue { $0 = Uploads.freeBytesMin + 300_000 }
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            #expect(try await server.upload(Self.file(300_001), by: ada).code == "storage-full")
            try await Self.holding(1, server, of: bob, bytes: 200_000) {
                // Ada's file and Bob's together are too much.
                let refused = try await server.upload(Self.file(100_001), by: ada)
                #expect(refused.status == 507)
                #expect(refused.code == "storage-full")
                #expect(try await server.upload(Self.file(100_000), by: ada).status == 201)
            }
            free.withLockedValue { $0 = 0 }
            #expect(try await server.upload(Self.file(1), by: ada).status == 507)
            #expect(try await server.putPicture(SamplePicture.png.clean, of: ada).code == "storage-full")
            #expect(try await server.message(from: ada, to: bob.id).status == 201, "messages are still sent")
            #expect(server.leftDrafts == [])
            free.withLockedValue { $0 = .max }
            #expect(try await server.upload(Self.file(300_001), by: ada).status == 201)
        }
    }
}
