import NIOCore
import NIOHTTP1
import SpecCore
import Testing

@testable import SpecServer

/// The end of a connection: the server stops, the client closes, or a timeout.
@Suite(.timeLimit(.minutes(10))) struct ConnectionEndTests {
    private let script = ConnectionScript()
    private static let three = [("Content-Length", "3")]

    // MARK: The server stops

    @Test func endsWhileIdle() {
        #expect(!script.isOver)
        #expect(script.stop() == .end)
        #expect(script.isOver)
    }

    @Test func endsBehindTheRequestUnderWay() {
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.stop() == nil)
        #expect(script.keepsAlive() == false)
        #expect(script.finish() == .close)
    }

    /// Like a streamed response, whose head was sent before.
    @Test func endsBehindAnAnswerThatPromisedToGoOn() {
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.keepsAlive() == true)
        #expect(script.stop() == nil)
        #expect(!script.isOver)
        #expect(script.next() == [.end])
    }

    @Test func answersOneMoreThatWaitedBehindSuchAnAnswer() {
        #expect(script.read(.get("/a"), .get("/b"), .get("/c")) == [.ask("/a")])
        #expect(script.stop() == nil)
        #expect(script.next() == [.ask("/b")])
        #expect(script.keepsAlive() == false)
        #expect(script.finish() == .drain)
    }

    @Test func answersARequestThatBeganBeforeTheStop() {
        #expect(script.bytes("GET /a HT"))
        #expect(script.stop() == nil)
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.keepsAlive() == false)
    }

    @Test func answersARequestThatBeganWhileTheLastAnswerWasTaken() {
        #expect(script.stop() == .end)
        #expect(script.bytes("GET /a HT"))
        #expect(!script.isOver)
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.keepsAlive() == false)
    }

    @Test func answersRequestsThatWaitForTheClientToTakeItsAnswers() {
        script.isWritable = false
        #expect(script.read(.get("/a")) == [])
        #expect(script.stop() == nil)
        script.isWritable = true
        #expect(script.takeWaiting() == [.ask("/a")])
        #expect(script.keepsAlive() == false)
    }

    @Test func drainsOnThoughItStops() {
        #expect(script.read(.head("/a", Self.three)) == [])
        #expect(script.readComplete() == .ask("/a"))
        #expect(script.drain())
        #expect(script.stop() == nil)
        #expect(script.isDraining)
        #expect(!script.isOver)
    }

    // MARK: The client closes

    @Test func endsWhereNothingWasAsked() {
        #expect(script.inputClosed() == [.end])
    }

    @Test func answersWhatWaitsBeforeTheHalfClose() {
        #expect(script.read(.get("/a"), .get("/b")) == [.ask("/a")])
        #expect(script.inputClosed() == [])
        #expect(script.keepsAlive() == true)
        #expect(script.next() == [.ask("/b")])
        #expect(script.keepsAlive() == false, "it is the last")
        #expect(script.finish() == .close)
    }

    @Test func endsBehindAnAnswerThatPromisedToGoOnBeforeTheHalfClose() {
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.inputClosed() == [])
        #expect(script.next() == [.end])
    }

    @Test func failsABodyThatWaitedAndNeverEnds() async throws {
        #expect(script.read(.get("/a"), .head("/b", Self.three), .body("on")) == [.ask("/a")])
        #expect(script.inputClosed() == [])
        #expect(script.next() == [.ask("/b")])
        #expect(script.keepsAlive() == false)
        #expect(script.finish() == .drain)
        #expect(!script.drain(), "nothing more can come")
        let body = try #require(script.body)
        await #expect(throws: TransportProblems.bodyEndedEarly) { try await body.collect(upTo: 3) }
    }

    @Test func asksAboutAHalfBodyBeforeItFails() async throws {
        #expect(script.read(.head("/a", Self.three), .body("on")) == [])
        #expect(script.inputClosed() == [.ask("/a")])
        let body = try #require(script.body)
        await #expect(throws: TransportProblems.bodyEndedEarly) { try await body.collect(upTo: 3) }
    }

    // MARK: Invalid requests

    @Test func refusesWhatIsNoRequestBehindTheAnswersToWhatWaits() {
        let problem = Problem(.malformed, "This is not an HTTP request: expected a method, such as GET.")
        #expect(script.read(.get("/a"), .get("/b")) == [.ask("/a")])
        #expect(script.parserFails(.invalidMethod) == [])
        #expect(script.next() == [.ask("/b")])
        #expect(script.keepsAlive() == true, "another answer follows")
        #expect(script.next() == [.refuse(problem, path: "")])
    }

    @Test func failsABodyThatIsNoBody() async throws {
        let problem = Problem(.malformed, "A chunk must begin with its size in hexadecimal digits, followed by CR LF.")
        #expect(script.read(.head("/a", [("Transfer-Encoding", "chunked")])) == [])
        #expect(script.parserFails(.invalidChunkSize) == [.ask("/a")])
        let body = try #require(script.body)
        await #expect(throws: problem) { try await body.collect(upTo: 3) }
    }

    // MARK: Timeouts

    @Test func closesAnIdleConnectionOnceItsTimeIsUp() {
        #expect(script.seconds(60) == [])
        #expect(script.seconds(1) == [.close])
    }

    @Test func refusesASlowHeadByItsPath() {
        #expect(script.bytes("GET /a?b HTTP/1.1\r\nHo"))
        #expect(script.seconds(10) == [])
        #expect(script.seconds(1) == [.refuse(TransportProblems.slowHead, path: "/a")])
    }

    @Test func waitsForAClientThatStillTakesAnAnswer() {
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.next() == [])
        #expect(script.seconds(200) { 1_000 - $0 } == [])
        #expect(script.seconds(61) == [.close])
    }

    @Test func holdsNoHeadAgainstAClientThatStillTakesAnAnswer() {
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.bytes("GET /b HTTP/1.1\r\nHost: a\r\n\r\n"))
        script.isWritable = false
        #expect(script.read(.get("/b")) == [])
        #expect(script.next() == [])
        #expect(script.seconds(200) { 1_000 - $0 } == [])
        script.isWritable = true
        #expect(script.takeWaiting() == [.ask("/b")])
    }

    @Test func cutsOffAClientThatTakesNothing() {
        #expect(script.read(.get("/a")) == [.ask("/a")])
        #expect(script.seconds(30) { _ in 1_000 } == [])
        script.pieceTaken()
        #expect(script.seconds(30) { _ in 1_000 } == [])
        #expect(script.seconds(1) { _ in 1_000 } == [.close])
    }

    /// Each time as many bytes are buffered, since the next response takes the place of the one that was read.
    @Test func countsAFurtherAnswerAsOneThatWasTaken() {
        for _ in 0..<5 {
            #expect(script.read(.get("/a")) == [.ask("/a")])
            #expect(script.next() == [])
            #expect(script.seconds(30) { _ in 1_000 } == [])
        }
        #expect(script.seconds(1) { _ in 1_000 } == [.close])
    }

    @Test func failsASlowBodyOnceItIsAwaited() async throws {
        #expect(script.read(.head("/a", Self.three)) == [])
        #expect(script.readComplete() == .ask("/a"))
        #expect(script.seconds(100) == [], "the service did not ask yet")
        #expect(script.read(.body("o")) == [])
        #expect(script.awaitBody())
        #expect(script.seconds(10) == [])
        #expect(script.read(.body("n")) == [])
        #expect(script.seconds(1) == [])
        let body = try #require(script.body)
        await #expect(throws: TransportProblems.slowBody) { try await body.collect(upTo: 3) }
    }
}
