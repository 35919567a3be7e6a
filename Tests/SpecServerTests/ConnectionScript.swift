import NIOCore
import NIOHTTP1
import SpecCore

@testable import SpecServer

/// A connection state without a channel: events go in as ``Connection`` passes them on, steps come out.
final class ConnectionScript {
    /// A step in a form that can be compared.
    enum Said: Equatable {
        case ask(String)
        case refuse(Problem, path: String)
        case drain, end, close
    }

    private var state: ConnectionState
    /// True if the client reads its responses.
    var isWritable = true
    /// The last request passed to the dispatcher.
    private(set) var request: ServerRequest?
    private(set) var body: RequestBody?

    init(_ bounds: HTTPBounds = HTTPBounds()) {
        state = ConnectionState(bounds: bounds, address: "local")
        state.start()
    }

    /// The comparable form of a step; nil for nothing.
    private func said(_ step: ConnectionState.Step) -> Said? {
        switch step {
        case .nothing: return nil
        case .dispatch(let request):
            (self.request, self.body) = (request, request.body as? RequestBody)
            return .ask(request.head.path)
        case .refuse(let rejection): return .refuse(rejection.problem, path: rejection.request.head.path)
        case .drain: return .drain
        case .end: return .end
        case .close: return .close
        }
    }

    // MARK: Input

    /// - Returns: true if the parser sees them.
    func bytes(_ text: String) -> Bool { state.receive(ByteBuffer(string: text)) != nil }

    /// - Returns: the bytes for the parser; nil if it sees none of them.
    func parsable(_ bytes: [UInt8]) -> ByteBuffer? { state.receive(ByteBuffer(bytes: bytes)) }

    func read(_ parts: [HTTPServerRequestPart]...) -> [Said] {
        parts.joined().compactMap { part in state.receive(part, isWritable: isWritable).flatMap(take) }
    }

    private func take(_ part: HTTPServerRequestPart) -> Said? {
        said(state.take(part, newBody: { RequestBody(declaredLength: $0.bodyLength) {} }))
    }

    /// All available input was read.
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

    /// Lets some seconds pass.
    func seconds(_ count: Int, buffered: (Int) -> Int = { _ in 0 }) -> [Said] {
        (0..<count).compactMap { said(state.tick(buffered: buffered($0))) }
    }

    // MARK: Responses

    /// True if the connection continues after a response to the last request; nil if none is awaited.
    func keepsAlive(closes: Bool = false) -> Bool? {
        guard request != nil else { return nil }
        return state.frame(of: ServerResponse(content: OperationResponse(200), requestID: "1", closes: closes))?
            .keepsAlive
    }

    /// Sends a response after which the connection continues.
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

    /// Sends the last response; the body of its request was complete or not.
    func finish(_ wasBodyComplete: Bool? = nil) -> Said? {
        said(state.step(afterLast: wasBodyComplete ?? state.isBodyComplete))
    }

    // MARK: State

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
