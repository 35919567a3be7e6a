import SpecCore
import TestSupport
import Testing

/// Tests of the server while its PostgreSQL is down, and after it is back.
@Suite(.timeLimit(.minutes(10))) struct OutageTests {
    @Test func answers503UntilThePostgresIsBackAndLosesNothingAcknowledged() async throws {
        let postgres = try await PostgresServer()
        let (folder, url) = (try TemporaryFolder(), try await postgres.makeDatabase())
        try await TestServer.run(in: folder, databaseURL: url) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let log = SendLog()
            let load = Task {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 { group.addTask { await log.fill(server, ada, bob) } }
                }
            }
            try await log.wait { $0.taken.count > 100 }
            try await postgres.stop()
            try await log.wait { $0.refused.count > 20 }
            #expect(try await server.send(Request("GET", "/health")).status == 200)
            #expect(try await server.send(Request("GET", "/ready")).status == 503)
            try await postgres.start()
            let before = await log.taken.count
            try await log.wait { $0.taken.count > before + 100 }
            load.cancel()
            await load.value
            #expect(try await server.send(Request("GET", "/ready")).status == 200)
            for reply in await log.refused {
                #expect(reply.status == 503)
                #expect(reply.code == "unavailable")
                #expect(reply.field("Retry-After") != nil)
            }
            let kept = try await Load.all(server.port, ada.token, bob.id)
            #expect(await log.taken.subtracting(kept.ids) == [])
            #expect(kept.seqs == Array(1...Int64(kept.seqs.count)))
        }
    }
}

/// Responses that senders received.
private actor SendLog {
    private(set) var taken: Set<String> = []
    private(set) var refused: [Reply] = []

    /// Sends until cancelled.
    func fill(_ server: TestServer, _ sender: TestServer.Account, _ recipient: TestServer.Account) async {
        while !Task.isCancelled {
            let id = Identifier.make().description
            guard let reply = try? await server.message(from: sender, to: recipient.id, id: id) else { continue }
            if reply.status == 201 {
                taken.insert(id)
            } else {
                refused.append(reply)
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    /// Waits for two minutes at most.
    func wait(_ isEnough: @Sendable (isolated SendLog) -> Bool) async throws {
        let began = ContinuousClock.now
        while !isEnough(self) {
            try #require(ContinuousClock.now - began < .seconds(120))
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
