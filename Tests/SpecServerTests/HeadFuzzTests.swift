import NIOCore
import NIOEmbedded
import NIOHTTP1
import SpecCore
import TestSupport
import Testing

/// Mutated requests through the parser and the connection's state: nothing traps or hangs, and whatever reaches the
/// dispatcher has a path.
@Suite struct HeadFuzzTests {
    private static let samples = [
        "GET /later?a=b HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\noneGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "PUT http://a/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\ntwo\r\n0\r\nT: v\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "PROPFIND /%C3%A9/%2e%2e HTTP/1.1\r\nHost: [::1]:8080\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx",
    ].map { Array($0.utf8) }

    private static let tokens = [
        "\r\n", "\r\n\r\n", "Host: b\r\n", "Content-Length: 0\r\n", "Content-Length: 18446744073709551616\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "Upgrade: h2c\r\nConnection: upgrade\r\n",
        "Expect: x\r\n", "ffffffffffffffff\r\n", "0\r\n\r\n", " HTTP/1.1", " HTTP/9.9", "CONNECT a:1", "\u{0}", "\t",
        "#", "//",
        "GET /", ": ",
    ]

    @Test(.timeLimit(.minutes(12))) func requestsAreDispatchedWithAPathOrRefused() async {
        await Fuzzer.run("heads", samples: Self.samples, tokens: Self.tokens) { input, seed in
            for step in Self.steps(input) {
                switch step {
                case .ask(let path): #expect(path.hasPrefix("/") || path == "*", "SEED=\(seed)")
                case .refuse(let problem, _): #expect((400...599).contains(problem.code.status), "SEED=\(seed)")
                case .drain, .end, .close: break
                }
            }
        }
    }

    /// The steps of a connection that receives the bytes in two pieces, and answers every request.
    private static func steps(_ input: [UInt8]) -> [ConnectionScript.Said] {
        let script = ConnectionScript()
        let channel = EmbeddedChannel(
            handler: ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        var steps: [ConnectionScript.Said] = []
        for piece in [input[..<(input.count / 2)], input[(input.count / 2)...]] {
            guard let bytes = script.parsable(Array(piece)) else { break }
            let failure = Self.parse(bytes, channel)
            while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
                steps += script.read([part])
                if script.request != nil, script.isBodyComplete { steps += script.next() }
            }
            if let failure { steps += script.parserFails(failure) }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return steps + script.inputClosed()
    }

    private static func parse(_ bytes: ByteBuffer, _ channel: EmbeddedChannel) -> HTTPParserError? {
        do {
            try channel.writeInbound(bytes)
            return nil
        } catch {
            return error as? HTTPParserError
        }
    }
}
