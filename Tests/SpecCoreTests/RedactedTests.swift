import SpecCore
import Testing

/// Descriptions of values that hold secrets.
@Suite struct RedactedTests {
    private struct Holder {
        let name = "shown"
        let credential = Credential(scheme: "bearer", value: "mark-token")
        let mail = Mail(
            id: .make(), recipient: "mark@example.org", subject: "mark", text: "mark", date: Timestamp(milliseconds: 0))
    }

    @Test func showsTypesOnlyHoweverTheyAreDescribed() {
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        for text in ["\(holder)", String(reflecting: holder), dumped, "\([holder])", "\(Optional(holder) as Any)"] {
            #expect(!text.contains("mark"))
            #expect(text.contains("shown") && text.contains("Credential") && text.contains("Mail"))
        }
        #expect("\(holder.credential)" == "Credential(redacted)")
        #expect(Mirror(reflecting: holder.mail).children.isEmpty)
    }

    @Test(arguments: [
        ("localhost", true), ("127.0.0.1", true), ("127.8.9.10", true), ("::1", true), ("127.0.0.1.example.org", false),
        ("127.example.org", false), ("127.0.0", false), ("128.0.0.1", false), ("localhost.example.org", false),
        ("", false), ("0.0.0.0", false),
    ])
    func tellsLoopbackFromNamesThatBeginLikeIt(host: String, isLoopback: Bool) {
        #expect(Loopback.contains(host) == isLoopback)
    }
}
