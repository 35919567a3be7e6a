import TestSupport
import Testing

/// The mails that a test server has written.
struct Mailbox {
    private let folder: TemporaryFolder

    init(_ folder: TemporaryFolder) {
        self.folder = folder
    }

    /// The token of the only mail, which comes within a second of the answer.
    func token() async throws -> String {
        for _ in 0..<100 {
            if let name = folder.files(in: "outbox").first(where: { $0.hasSuffix(".eml") }) {
                let lines = (folder.text(of: "outbox/\(name)") ?? "").split(separator: "\r\n").map(String.init)
                return try #require(lines.first { $0.count == 22 && !$0.contains(" ") && !$0.contains(":") })
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("no mail came within a second")
        return ""
    }
}
