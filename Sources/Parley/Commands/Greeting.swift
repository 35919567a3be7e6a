import Logging
import SpecCore
import SpecServer

/// The message that the server prints once it listens.
struct Greeting: Sendable {
    let settings: ServerSettings
    let ports: ListenerPorts

    func say(to output: LogOutput, _ logger: Logger) {
        let address = "http://\(settings.host.contains(":") ? "[\(settings.host)]" : settings.host):\(ports.port)"
        let admin = ports.adminPort.map { "http://127.0.0.1:\($0)" } ?? "off"
        guard settings.logFormat == .text else {
            return logger.info(
                "listening",
                metadata: [
                    "address": "\(address)", "docs": "\(address)/docs", "adminAddress": "\(admin)",
                    "version": "\(Version.current)", "database": "\(settings.database.description)",
                ])
        }
        output.write(
            """

            Parley \(Version.current) serves \(address)
              docs      \(address)/docs
              internal  \(admin)
              database  \(settings.database.description)
              try       curl -s \(address)/auth/register -H 'Content-Type: application/json' \\
                          -d '{"email":"ada@example.org","password":"correct horse battery","displayName":"Ada"}'


            """.utf8)
    }
}
