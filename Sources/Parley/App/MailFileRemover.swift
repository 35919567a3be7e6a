import Logging
import ServiceLifecycle
import SpecCore
import SpecOutbound

/// Removes mails that were written to files a day ago: by then their tokens have expired.
struct MailFileRemover: Service {
    private static let pauseSeconds = 60
    private static let keepSeconds: Int64 = 24 * 60 * 60

    let sender: FileMailSender
    let logger: Logger
    let now: @Sendable () -> Timestamp

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await remove()
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    private func remove() async {
        do {
            try await sender.removeMails(before: now().adding(seconds: -Self.keepSeconds))
        } catch {
            logger.error("old mails could not be removed: \(error)")
        }
    }
}
