import NIOCore
import NIOHTTP1
import SpecCore

@testable import SpecServer

/// A connection without a channel: what comes goes in as ``Connection`` hands it on, what is to be done comes out.
final class ConnectionScript {
    /// A step, in words that can be compared.
    enum Said: Equatable {
        case ask(String)
        case refuse(Problem, path: String)
        case drain, end, close
    }

    private var state: ConnectionState
    /// Whether the client takes its answers.
    var isWritable = true
    /// What the door was asked last.
    private(set) var request: DoorRequest?
    private(set) var body: RequestBody?

    init(_ bounds: HTTPBounds = HTTPBounds()) {
        state = ConnectionState(bounds: bounds, address: "local")
        state.start()
    }

    /// nil for nothing.
    private func said(_ step: ConnectionState.Step) -> Said? {
        switch step {
        case .nothing: return nil
        case .ask(let request, let body):
            (self.request, self.body) = (request, body)
            return .ask(request.path)
        case .refuse(let refusal): return .refuse(refusal.problem, path: refusal.path)
        case .drain: return .drain
        case .end: return .end
        case .close: return .close
        }
    }

    // MARK: What comes

    /// - Returns: whether the parser sees them.
    func bytes(_ text: String) -> Bool { state.receive(ByteBuffer(string: text)) != nil }

    func read(_ parts: [HTTPServerRequestPart]...) -> [Said] {
        parts.joined().compactMap { part in state.receive(part, isWritable: isWritable).flatMap(take) }
    }

    private func take(_ part: HTTPServerRequestPart) -> Said? {
        said(state.take(part, newBody: { RequestBody {} }))
    }

    /// All that was there to be read was read.
    func readComplete() -> Said? { said(state.open()) }

    func inputClosed() -> [Said] {
        state.inputClosed()
        return endInput()
    }

    func parserFails(_ error: HTTPParserError) -> [Said] {
        state.fail(error)
        return endInput()
    }

    private func endInput() -> [Said] { [said(state.open()), said(state.stepAtEnd())].compactMap(\.self) }

    func stop() -> Said? { said(state.stop()) }

    /// As many seconds pass.
    func seconds(_ count: Int, buffered: (Int) -> Int = { _ in 0 }) -> [Said] {
        (0..<count).compactMap { said(state.tick(buffered: buffered($0))) }
    }

    // MARK: Answers

    /// Whether the connection goes on behind an answer to the last request; nil where nobody waits for one.
    func keepsAlive(closes: Bool = false) -> Bool? {
        guard let request else { return nil }
        return state.frame(of: DoorReply(answer: Answer(200), requestID: "1", closes: closes), to: request)?.keepsAlive
    }

    /// An answer went out behind which the connection goes on.
    func next() -> [Said] {
        state.requestEnded()
        return takeWaiting()
    }

    func takeWaiting() -> [Said] {
        var steps: [Said] = []
        while isWritable, let part = state.nextPart() { if let step = take(part) { steps.append(step) } }
        return steps + [said(state.openIfNoneWaits()), said(state.stepAtEnd())].compactMap(\.self)
    }

    func pieceTaken() { state.pieceTaken() }

    var isBodyComplete: Bool { state.isBodyComplete }

    /// The last answer went out, when the body of its request was complete or was not.
    func finish(_ wasBodyComplete: Bool? = nil) -> Said? {
        said(state.step(afterLast: wasBodyComplete ?? state.isBodyComplete))
    }

    // MARK: What is to be known

    var wantsBytes: Bool { state.wantsBytes }
    var isDraining: Bool { state.isDraining }
    var isDrained: Bool { state.isDrained }
    var isOver: Bool { state.isOver }

    func awaitBody() -> Bool { state.awaitBody() }
    func takeExpectation() -> Bool { state.takeExpectation() }
    func drain() -> Bool { state.drain() }
    func close() { state.close() }
}

extension [HTTPServerRequestPart] {
    /// The head of a request for a path.
    static func head(
        _ path: String, _ fields: [(String, String)] = [], version: HTTPVersion = .http1_1
    ) -> Self {
        let method: HTTPMethod = fields.contains { $0.0 == "Content-Length" } ? .POST : .GET
        return [
            .head(HTTPRequestHead(version: version, method: method, uri: path, headers: ["Host": "a"] + fields))
        ]
    }

    /// A whole request without a body.
    static func get(_ path: String, _ fields: [(String, String)] = [], version: HTTPVersion = .http1_1) -> Self {
        head(path, fields, version: version) + [.end(nil)]
    }

    static func body(_ text: String) -> Self { [.body(ByteBuffer(string: text))] }
    static var end: Self { [.end(nil)] }
}

extension HTTPHeaders {
    fileprivate static func + (fields: HTTPHeaders, more: [(String, String)]) -> HTTPHeaders {
        var fields = fields
        for (name, value) in more { fields.add(name: name, value: value) }
        return fields
    }
}
