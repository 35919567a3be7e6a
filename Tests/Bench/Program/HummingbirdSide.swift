import Hummingbird
import Logging

/// Hummingbird as its users write it: `Router`, and Codable both ways. It checks nothing.
enum HummingbirdSide {
    static func run() async throws {
        let router = Router()
        router.get("health") { _, _ in PlainHealth(status: "ok") }
        router.post("echo") { request, context in
            let message = try await request.decode(as: PlainMessage.self, context: context)
            return EditedResponse(status: .created, response: message)
        }
        var logger = Logger(label: "hummingbird")
        logger.logLevel = .warning
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { Announcement.say(port: $0.localAddress?.port) }, logger: logger)
        try await application.runService()
    }
}

/// The message for Codable, every member as the text it is in JSON.
struct PlainMessage: ResponseCodable {
    var recipientId: String
    var clientMessageId: String
    var text: String
    var replyToId: String?
}

private struct PlainHealth: ResponseCodable {
    var status: String
}
