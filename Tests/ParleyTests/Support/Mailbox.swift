import TestSupport
import Testing

/// Reader of the mails that a test server has written.
struct Mailbox {
    /// A mail as read from its file.
    struct Received: Sendable, Equatable {
        let lines: [String]

        func field(_ name: String) -> String? {
            lines.prefix { !$0.isEmpty }.first { $0.hasPrefix("\(name): ") }.map {
                String($0.dropFirst(name.count + 2))
            }
        }

        /// The token: the only line of the body that is a single word of a token's length.
        var token: String? {
            let words = lines.drop { !$0.isEmpty }.filter { $0.count == 22 && !$0.contains(" ") }
            return words.count == 1 ? words[0] : nil
        }
    }

    private let folder: TemporaryFolder

    init(_ folder: TemporaryFolder) {
        self.folder = folder
    }

    /// All mails so far, oldest first.
    var mails: [Received] {
        folder.files(in: "outbox").filter { $0.hasSuffix(".eml") }.map { name in
            let text = folder.text(of: "outbox/\(name)") ?? ""
            return Received(
                lines: text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// Returns the token of the only mail.
    func token() async throws -> String { try await token("Your verification token", to: nil) }

    /// Returns the token of the newest mail with that subject.
    func token(_ subject: String, to recipient: String?) async throws -> String {
        try #require(await mail(subject, to: recipient)?.token)
    }

    /// Returns the newest mail with that subject, or nil if none arrives within a second.
    func mail(_ subject: String, to recipient: String?) async -> Received? {
        for _ in 0..<200 {
            let found = mails.last { mail in
                mail.field("Subject") == subject && (recipient == nil || mail.field("To") == recipient)
            }
            if let found { return found }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    /// Returns the number of mails with that subject, as soon as it is the expected one or after a timeout.
    func count(_ subject: String, expecting expected: Int) async -> Int {
        for _ in 0..<200 {
            if mails.count(where: { $0.field("Subject") == subject }) >= expected { break }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return mails.count { $0.field("Subject") == subject }
    }
}
