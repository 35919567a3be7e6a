import Foundation
import SpecCore
import SpecStorage
import TestSupport
import Testing

/// A separate PostgreSQL server that is stopped, started, or uses TLS.
@Suite(.timeLimit(.minutes(10))) struct PostgresOutageTests {
    @Test func comesBackWithTheServerAndLosesNothingAcknowledged() async throws {
        let server = try await PostgresServer()
        try await TestStore.runPostgres(server) { store, _ in
            let (signals, heard) = AsyncStream.makeStream(of: BusSignal.self)
            store.listen(on: "news") { heard.yield($0) }
            var iterator = signals.makeAsyncIterator()
            #expect(await iterator.next() == .disconnected)
            #expect(await iterator.next() == .connected)

            let load = Task { await Self.writeUntilCancelled(store) }
            try await Self.wait { try await store.all(Statements.entries(1)).count > 200 }
            try await server.stop()
            #expect(await iterator.next() == .disconnected)
            let error = await #expect(throws: StoreError.self) { _ = try await store.all(Statements.entries(1)) }
            guard case .unavailable? = error else { throw PostgresServerError(said: "\(String(describing: error))") }
            await #expect(throws: StoreError.self) {
                try await store.write { try $0.execute(Statements.insert(1, "x")) }
            }
            try await server.start()
            try await Self.wait { try await store.all(Statements.entries(1)).count >= 0 }
            let before = try await store.all(Statements.entries(1)).count
            try await Self.wait { try await store.all(Statements.entries(1)).count > before + 50 }
            try await Self.wait { try await store.write { try $0.execute(Statements.insert(1, "x")) } == 1 }
            #expect(await iterator.next() == .connected)

            load.cancel()
            let (acknowledged, rejections) = await load.value
            #expect(rejections > 0)
            let kept = try await store.all(Statements.entries(1))
            #expect(acknowledged.subtracting(kept) == [])
            #expect(kept == (1...Int64(kept.count)).map { $0 })
        }
    }

    /// The acknowledged writes, and the number of failures because the store was unavailable.
    private static func writeUntilCancelled(_ store: PostgresStore) async -> (Set<Int64>, Int) {
        await withTaskGroup(of: (Set<Int64>, Int).self) { group in
            for _ in 0..<16 {
                group.addTask {
                    var (acknowledged, rejections): (Set<Int64>, Int) = ([], 0)
                    while !Task.isCancelled {
                        do {
                            if let seq = try await store.first(Statements.advance(1)) ?? nil {
                                acknowledged.insert(seq)
                            }
                        } catch {
                            rejections += 1
                            try? await Task.sleep(for: .milliseconds(5))
                        }
                    }
                    return (acknowledged, rejections)
                }
            }
            return await group.reduce(into: ([], 0)) { sum, part in
                sum.0.formUnion(part.0)
                sum.1 += part.1
            }
        }
    }

    /// Polls until the condition is true; an error counts as false.
    private static func wait(_ isSo: () async throws -> Bool) async throws {
        for _ in 0..<600 {
            if (try? await isSo()) == true { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        throw PostgresServerError(said: "it did not happen in 15 s")
    }

    @Test func acceptsOnlyTheServerThatItsAuthorityVouchesFor() async throws {
        let server = try await PostgresServer(settings: [
            "ssl=on", "ssl_cert_file=../server.crt", "ssl_key_file=../server.key",
        ]) { folder in
            try await TestCertificates.make(in: folder, name: "database.test")
        }
        _ = try await server.makeDatabase()
        func open(_ host: String, _ root: String) async throws -> String {
            let url =
                "postgres://parley@\(host):\(server.port)/test_1?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert="
            let store = try await PostgresStore.open(
                PostgresAddress(url + "\(server.folder)/\(root)"), migrations: [], logger: TestStore.quiet)
            let version = Query<String>(
                "tls",
                SQLText(sqlite: "", postgres: "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"), [],
                read: { try String.read($0, at: 0) })
            defer { Task { await store.close() } }
            return try await store.first(version) ?? "none"
        }
        #expect(try await open("database.test", "ca.crt") == "TLSv1.3")
        await #expect(throws: OpenError.self) { _ = try await open("other.test", "ca.crt") }
        await #expect(throws: OpenError.self) { _ = try await open("database.test", "stranger.crt") }
    }
}
