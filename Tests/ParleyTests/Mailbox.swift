import TestSupport
import Testing

/// The mails that a test server has written.
struct Mailbox {
    /// A mail as it is in its file.
    struct Received: Sendable, Equatable {
        let lines: [String]

        func field(_ name: String) -> String? {
            lines.prefix { !$0.isEmpty }.first { $0.hasPrefix("\(name): ") }.map {
                String($0.dropFirst(name.count + 2))
            }
        }

        /// The only line of the body that is a word of its own and as long as a token.
        var token: String? {
            let words = lines.drop { !$0.isEmpty }.filter { $0.count == 22 && !$0.contains(" ") }
            return words.count == 1 ? words[0] : nil
        }
    }

    private let folder: TemporaryFolder

    init(_ folder: TemporaryFolder) {
        self.folder = folder
    }

    /// All so far, the oldest first.
    var mails: [Received] {
        folder.files(in: "outbox").filter { $0.hasSuffix(".eml") }.map { name in
            let text = folder.text(of: "outbox/\(name)") ?? ""
            return Received(
                lines: text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// The token of the only mail.
    func token() async throws -> String { try await token("Your verification token", to: nil) }

    /// The token of the newest mail with that subject.
    func token(_ subject: String, to recipient: String?) async throws -> String {
        try #require(await mail(subject, to: recipient)?.token)
    }

    /// The newest mail with that subject, which comes within a second of the answer; nil when none comes.
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

    /// How many mails with that subject there are, once there are as many as expected or no more come.
    func count(_ subject: String, expecting expected: Int) async -> Int {
        for _ in 0..<200 {
            if mails.count(where: { $0.field("Subject") == subject }) >= expected { break }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return mails.count { $0.field("Subject") == subject }
    }
}
