import NIOCore
import NIOHTTP1
import SpecCore
import Testing

@testable import SpecServer

/// Steps of a connection in states that a client cannot easily produce.
@Suite(.timeLimit(.minutes(10))) struct ConnectionStateTests {
    private let script = ConnectionScript()
    /// The fields of a request with three bytes of body.
    private static let three = [("Content-Length", "3")]
    private static let closing = [("Connection", "close")]

    // MARK: Requests

    @Test func asksForAWholeRequestOnce() {
        #expect(script.read(.head("/a", Self.three), .body("one")) == [])
        #expect(script.read(.end) == [.ask("/a")])
        #expect(script.readComplete() == nil)
        #expect(script.keepsAlive() == true)
        #expect(script.next() == [])
    }

    @Test func asksBeforeTheBodyWithTheEndOfTheRead() async throws {
        #expect(script.read(.head("/a", Self.three)) == [])
        #expect(script.readComplete() == .ask("/a"))
        #expect(script.read(.body("one"), .end) == [])
        #expect(try await script.body?.collect(upTo: 3) == ByteBuffer(string: "one"))
    }

    @Test func letsPipelinedRequestsWaitBehindAnAnswer() {
        #expect(script.read(.get("/a"), .get("/b"), .get("/c")) == [.ask("/a")])
        #expect(!script.wantsBytes, "nothing more is read until they are answered")
        #expect(script.keepsAlive() == true)
        #expect(script.next() == [.ask("/b")])
        #expect(script.next() == [.ask("/c")])
        #expect(script.wantsBytes)
        #expect(script.next() == [])
    }

    @Test func letsRequestsWaitWhileTheClientTakesNoAnswer() {
        script.isWritable = false
        #expect(script.read(.get("/a")) == [])
        #expect(script.takeWaiting() == [])
        script.isWritable = true
        // Later input may not overtake.
        #expect(script.read(.get("/b")) == [])
        #expect(script.takeWaiting() == [.ask("/a")])
        #expect(script.next() == [.ask("/b")])
    }

    @Test func holdsASenderBackWhoseBodyIsNotRead() async throws {
        var bounds = HTTPBounds()
        bounds.bodyBufferBytes = 3
        let script = ConnectionScript(bounds)
        #expect(script.read(.head("/a", [("Content-Length", "9")]), .body("on")) == [])
        #expect(script.readComplete() == .ask("/a"))
        #expect(script.wantsBytes)
        #expect(script.read(.body("e")) == [])
        #expect(!script.wantsBytes)
        #expect(try await script.body?.next() == ByteBuffer(string: "on"))
        #expect(script.wantsBytes)
    }

    // MARK: The last request

    @Test(arguments: [
        [HTTPServerRequestPart].get("/a", closing), .get("/a", version: .http1_0),
        .get("/a", [("Connection", "Close")]),
    ])
    func closesBehindARequestThatDoesNotKeepAlive(request: [HTTPServerRequestPart]) {
        #expect(script.read(request) == [.ask("/a")])
        #expect(!script.bytes("more"), "nobody reads what comes behind it")
        #expect(script.keepsAlive() == false)
        #expect(script.finish() == .close)
    }

    @Test func keepsAnOldConnectionThatAsksForIt() {
        #expect(script.read(.get("/a", [("Connection", "keep-alive")], version: .http1_0)) == [.ask("/a")])
        #expect(script.keepsAlive() == true)
    }

    @Test func drainsWhereMoreCameBehindTheLastAnswer() {
        #expect(script.read(.get("/a"), .get("/b")) == [.ask("/a")])
        #expect(script.keepsAlive(closes: true) == false)
        #expect(script.finish() == .drain)
        #expect(script.drain())
        #expect(script.takeWaiting() == [], "nothing of what waited is taken")
    }

    @Test func drainsWhereNoRequestCameBehindTheLastAnswer() {
        #expect(script.read(.get("/a", Self.closing)) == [.ask("/a")])
        #expect(script.parserFails(.invalidMethod) == [])
        #expect(script.finish() == .drain)
    }

    @Test func saysNothingMoreOnceItIsClosed() {
        #expect(script.read(.get("/a")) == [.ask("/a")])
        script.close()
        #expect(script.keepsAlive() == nil)
        #expect(script.finish() == nil)
        #expect(script.read(.get("/b")) == [])
        #expect(!script.bytes("more"))
        #expect(!script.wantsBytes)
        #expect(script.stop() == nil)
    }

    // MARK: Bodies that are rejected early

    @Test func readsOfARefusedBodyNoMoreThanItsBound() {
        var bounds = HTTPBounds()
        bounds.drainBytesMax = 10
        let script = ConnectionScript(bounds)
        #expect(script.read(.head("/a", [("Content-Length", "99")])) == [])
        #expect(script.readComplete() == .ask("/a"))
        #expect(script.keepsAlive() == false, "who does not read the body cannot find the next request")
        #expect(script.finish() == .drain)
        #expect(script.drain())
        #expect(script.wantsBytes)
        #expect(!script.bytes("0123456789"), "nobody parses them")
        #expect(script.read(.body("0123456789")) == [])
        #expect(!script.isDrained)
        #expect(!script.bytes("0"))
        #expect(script.isDrained)
    }

    @Test func drainsThoughTheBodyEndsWhileTheRefusalGoesOut() {
        #expect(script.read(.head("/a", Self.three)) == [])
        #expect(script.readComplete() == .ask("/a"))
        let wasBodyComplete = script.isBodyComplete
        #expect(!wasBodyComplete)
        #expect(script.read(.body("one"), .end) == [])
        #expect(script.isBodyComplete)
        #expect(script.finish(wasBodyComplete) == .drain)
    }

    @Test func refusesAHeadWithoutTheDispatcher() {
        let problem = Problem(.malformed, "A request must have exactly one Host field.")
        #expect(script.read(.get("/a?b", [("Host", "b")])) == [.refuse(problem, path: "/a")])
    }

    // MARK: Expect: 100-continue

    @Test(arguments: ["100-continue", "100-Continue"]) func saysOnceThatTheBodyMayCome(word: String) {
        #expect(script.read(.head("/a", Self.three + [("Expect", word)])) == [])
        #expect(script.readComplete() == .ask("/a"))
        #expect(script.awaitBody())
        #expect(script.takeExpectation())
        #expect(!script.takeExpectation())
    }

    @Test(arguments: [
        [HTTPServerRequestPart].head("/a", three), .head("/a", three + [("Expect", "magic")]),
        .head("/a", [("Content-Length", "0"), ("Expect", "100-continue")]),
        .head("/a", three + [("Expect", "100-continue")], version: .http1_0),
    ])
    func saysNothingToWhoDoesNotWaitForIt(head: [HTTPServerRequestPart]) {
        #expect(script.read(head) == [])
        #expect(script.readComplete() == .ask("/a"))
        #expect(!script.takeExpectation())
    }

    @Test func saysNothingWhereTheBodyIsThere() {
        #expect(
            script.read(.head("/a", Self.three + [("Expect", "100-continue")]), .body("one"), .end) == [.ask("/a")])
        #expect(!script.awaitBody())
        #expect(script.next() == [])
        #expect(script.read(.head("/b", Self.three)) == [])
        #expect(script.readComplete() == .ask("/b"))
        #expect(!script.takeExpectation(), "that was another request's")
    }
}
