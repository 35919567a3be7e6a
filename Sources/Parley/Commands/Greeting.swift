import Logging
import SpecServer

/// What the server says once it listens.
struct Greeting: Sendable {
    let settings: Settings
    let port: Int

    func say(to output: LogOutput, _ logger: Logger) {
        let address = "http://\(settings.host.contains(":") ? "[\(settings.host)]" : settings.host):\(port)"
        guard settings.logFormat == .text else {
            return logger.info("listening", metadata: ["address": "\(address)", "docs": "\(address)/docs"])
        }
        output.write(
            """

            Parley serves \(address)
              docs  \(address)/docs
              try   curl -s \(address)/auth/register -H 'Content-Type: application/json' \\
                      -d '{"email":"ada@example.org","password":"correct horse battery","displayName":"Ada"}'


            """.utf8)
    }
}
