import ArgumentParser
import ParleyServices
import SpecCore
import SpecStorage

/// `parley sessions`
struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "Manages the sessions of users.", subcommands: [SessionsEnd.self])
}

/// `parley sessions end USER`
struct SessionsEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "Ends all sessions of a user, on every node at once; a running server goes on.")

    @Argument(help: "The user's id or e-mail address.")
    var user: String

    func run() async throws {
        try await SettingsFailure.orExit {
            let settings = try Start.settings()
            try await checkState(settings)
            guard let count = try await end(settings) else {
                StandardError.write("there is no such user.")
                throw ExitCode.failure
            }
            print("ended \(count) \(count == 1 ? "session" : "sessions")")
        }
    }

    /// The command neither creates nor migrates a database.
    private func checkState(_ settings: ServerSettings) async throws {
        switch try await Database.state(settings) {
        case .present(pending: []): return
        case .absent: throw SettingsError("DATABASE_URL", "\(settings.database.description) does not exist yet.")
        case .present: throw SettingsError("DATABASE_URL", "the database has pending migrations; run parley migrate.")
        }
    }

    private func end(_ settings: ServerSettings) async throws -> Int? {
        if let database = try await Database.openIfFree(settings, Start.quiet) {
            let ending = SessionEnding(store: database.store, now: { .now() })
            let count = try await ending.endAll(of: user)
            try await database.close()
            return count
        }
        guard case .sqlite(let path) = settings.database else { return nil }
        do {
            return try await OperatorRequest(.endSessions(of: user)).ask(besides: path)
        } catch let error as OperatorRequest.Failure {
            StandardError.write("\(error)")
            throw ExitCode.failure
        }
    }
}
