import Foundation
import SpecCore
import TestSupport
import Testing

/// A mail server and a PostgreSQL with passwords that tests can search for.
struct MarkedServers: Sendable {
    static let databasePassword = "mark-database-password-7f3a"
    static let mailPassword = "mark-mail-password-91bc"
    static let secrets = ["mark-first-secret-of-32-bytes-0123456789", "mark-second-secret-of-32-bytes-012345678"]
    static let sealingSecret = "mark-sealing-secret-of-32-bytes-0123456"
    private static let role = "marked"

    let folder: TemporaryFolder
    let postgres: PostgresServer
    let smtp: SMTPServer
    /// Host, port and name of the database.
    let database: String

    init() async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        try await TestCertificates.make(in: folder.path, name: "mail.test")
        try FileManager.default.createDirectory(atPath: folder.path + "/outbox", withIntermediateDirectories: true)
        // A mail is in the folder in which tests look for mails.
        smtp = try await SMTPServer(certificatesIn: folder.path, password: Self.mailPassword) { mail in
            let path = "\(folder.path)/outbox/\(Identifier.make()).eml"
            try? Data(mail.data.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
        postgres = try await PostgresServer(settings: ["hba_file=hba.conf"]) { folder in
            let lines = """
                host all parley 127.0.0.1/32 trust
                host all all 127.0.0.1/32 scram-sha-256

                """
            try Data(lines.utf8).write(to: URL(fileURLWithPath: folder + "/hba.conf"))
        }
        let url = try await postgres.makeDatabase()
        let name = try #require(url.split(separator: "/").last)
        database = "127.0.0.1:\(postgres.port)/\(name)"
        let role = """
            CREATE ROLE \(Self.role) LOGIN PASSWORD '\(Self.databasePassword)'; ALTER DATABASE \(name) OWNER TO \(Self.role)
            """
        let arguments = ["-X", "-h", "127.0.0.1", "-p", "\(postgres.port)", "-U", "parley", "-d", "\(name)", "-c"]
        for statement in role.split(separator: ";") {
            try #require(try await ChildProcess.run("/usr/bin/env", ["psql"] + arguments + ["\(statement)"]) == 0)
        }
    }

    /// The environment of a server whose settings all hold marks.
    var environment: [String: String] {
        [
            "PORT": "0", "ADMIN_PORT": "0", "RATE_LIMITS": "off", "LOG_LEVEL": "trace", "LOG_FORMAT": "json",
            "HOME": folder.path, "DATABASE_URL": databaseURL(password: Self.databasePassword),
            "SMTP_URL": mailURL(password: Self.mailPassword), "JWT_SECRET": Self.secrets.joined(separator: ","),
            "SEALING_SECRET": Self.sealingSecret, "AWS_SECRET_ACCESS_KEY": "mark-storage-key",
            "AWS_SESSION_TOKEN": "mark-storage-token",
        ]
    }

    func databaseURL(password: String) -> String { "postgres://\(Self.role):\(password)@\(database)" }

    func mailURL(password: String) -> String {
        let user = SMTPServer.user.replacing("@", with: "%40")
        return "smtp://\(user):\(password)@localhost:\(smtp.port)?ca=\(folder.path)/ca.crt"
    }

    func close() async throws {
        try await smtp.close()
        try await postgres.stop()
    }
}
