import NIOCore
import Testing

@testable import SpecOutbound

/// The SMTP reply parser.
@Suite struct SMTPReplyTests {
    private func replies(_ pieces: [String]) throws -> [SMTPReply] {
        var reader = SMTPReplyReader()
        var found: [SMTPReply] = []
        for piece in pieces {
            var bytes = ByteBuffer(string: piece)
            reader.append(&bytes)
            while let reply = try reader.next() { found.append(reply) }
        }
        return found
    }

    @Test func findsRepliesHoweverTheyAreCut() throws {
        let text = "220 ready\r\n250-one\r\n250-two\r\n250 three\r\n354\r\n"
        let expected = [
            SMTPReply(code: 220, lines: ["ready"]), SMTPReply(code: 250, lines: ["one", "two", "three"]),
            SMTPReply(code: 354, lines: [""]),
        ]
        #expect(try replies([text]) == expected)
        #expect(try replies(text.unicodeScalars.map { String($0) }) == expected)
    }

    @Test(arguments: [
        "hello\r\n", "25 short\r\n", "250_x\r\n", "\r\n", String(repeating: "2", count: 2_049),
        String(repeating: "250-more\r\n", count: 129),
    ])
    func refusesWhatIsNoReply(text: String) {
        #expect(throws: SMTPFailure.noReply) { try replies([text]) }
    }

    @Test func knowsWhenSomethingIsLeft() throws {
        var reader = SMTPReplyReader()
        var bytes = ByteBuffer(string: "220 go\r\n250 injected\r\n")
        reader.append(&bytes)
        #expect(try reader.next() == SMTPReply(code: 220, lines: ["go"]))
        #expect(!reader.isEmpty)
    }
}
