import Logging
import NIOPosix
import ParleyServices
import ServiceLifecycle
import SpecCore
import SpecOutbound

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Takes the requests of commands that run beside the server, while it uses the database's file.
struct OperatorRequests: Service {
    /// Polling interval of the folder.
    static let pauseMilliseconds = 200

    private let folder: String
    private let ending: SessionEnding
    private let logger: Logger
    private let threads = NIOThreadPool.singleton

    init(databasePath: String, store: any Store, logger: Logger, now: @escaping @Sendable () -> Timestamp) {
        folder = OperatorRequest.folder(ofDatabase: databasePath)
        ending = SessionEnding(store: store, now: now)
        self.logger = logger
    }

    func run() async throws {
        if await isReady() {
            await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    await takeAll()
                    try? await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))
                }
            }
            rmdir(folder)
        } else {
            // The end of a service is the end of the server.
            try? await gracefulShutdown()
        }
    }

    /// Creates the folder and removes what a killed process has left in it. False if others could write to it.
    private func isReady() async -> Bool {
        do {
            try await threads.runIfActive {
                try Folder.make(folder)
                for name in try Folder.names(in: folder) { RequestFile("\(folder)/\(name)").remove() }
            }
            var status = stat()
            guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, RequestFile.isOurs(status) else {
                throw OperatorRequest.Failure(description: "others can write to it")
            }
            return true
        } catch {
            logger.warning("commands beside the server cannot reach it: \(folder): \(error)")
            return false
        }
    }

    private func takeAll() async {
        let names = try? await threads.runIfActive { try Folder.names(in: folder) }
        for name in names ?? [] where name.hasSuffix(".request") {
            let file = RequestFile("\(folder)/\(name)")
            guard let text = file.read() else { continue }
            file.remove()
            let answer = await answer(to: text)
            let isWritten = RequestFile("\(folder)/\(name.dropLast(".request".count)).answer").write(answer.text)
            if !isWritten { logger.warning("the answer to a command could not be written") }
        }
    }

    private func answer(to text: String) async -> OperatorRequest.Answer {
        do {
            guard case .endSessions(let user)? = OperatorRequest.Kind(text: text) else { return .failed }
            guard let count = try await ending.endAll(of: user) else { return .unknownUser }
            logger.notice("an operator ended the sessions of a user", metadata: ["sessions": "\(count)"])
            return .ended(count)
        } catch {
            logger.error("the sessions of a user could not be ended for an operator: \(error)")
            return .failed
        }
    }
}
