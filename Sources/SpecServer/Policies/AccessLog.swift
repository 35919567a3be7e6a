public import SpecCore

/// One line per request, written when its response has left or failed.
///
/// Written directly: a logger's metadata dictionary would cost more than the request.
public struct AccessLog: Sendable {
    private let output: LogOutput
    private let style: LogStyle

    public init(_ output: LogOutput, style: LogStyle) {
        self.output = output
        self.style = style
    }
}

extension AccessLog: Policy {
    public func hooks(for operation: Operation?) -> PolicyHooks { .afterSending }

    public func afterSending(_ exchange: Exchange, _ delivery: Delivery) {
        let passed = exchange.start.duration(to: .now).components
        let microseconds = passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000
        switch style {
        case .json: writeJSON(exchange, delivery, microseconds)
        case .text: writeText(exchange, delivery, microseconds)
        }
    }

    private func writeText(_ exchange: Exchange, _ delivery: Delivery, _ microseconds: Int64) {
        let method = exchange.unknownMethod ?? exchange.head.method.map { "\($0.token)" } ?? "-"
        let place = exchange.operation?.path ?? "- path=\(LoggedPath.text(exchange.head)) address=\(exchange.address)"
        let sent = "\(delivery.bodyBytes) bytes\(delivery.isComplete ? "" : ", incomplete")"
        let time = "\(Double(microseconds) / 1_000) ms"
        let line = "\(method) \(place) \(delivery.status) \(time) \(sent) requestId=\(exchange.requestID)"
        output.write("\(Timestamp.now()) info \(line)\n".utf8)
    }

    private func writeJSON(_ exchange: Exchange, _ delivery: Delivery, _ microseconds: Int64) {
        var json = JSONWriter(capacity: 256)
        json.verbatim("{\"time\":")
        json.timestamp(.now())
        json.verbatim(",\"level\":\"info\",\"message\":\"request\",\"requestId\":")
        json.text(exchange.requestID)
        json.key("method")
        if let method = exchange.unknownMethod {
            json.text(method)
        } else {
            json.plain(exchange.head.method?.token ?? "-")
        }
        json.key("route")
        writeRoute(exchange, to: &json)
        json.key("status")
        json.integer(delivery.status)
        json.key("durationMs")
        json.thousandths(microseconds)
        json.key("bytes")
        json.integer(delivery.bodyBytes)
        if !delivery.isComplete {
            json.key("complete")
            json.bool(false)
        }
        json.endObject()
        json.lineBreak()
        json.withBytes { output.write($0) }
    }

    /// Writes the path template; for a request that matches no operation its own path and the client's address.
    private func writeRoute(_ exchange: Exchange, to json: inout JSONWriter) {
        if let operation = exchange.operation { return json.text(operation.path) }
        json.plain("-")
        json.key("path")
        json.text(LoggedPath.text(exchange.head))
        json.key("address")
        json.text(exchange.address)
    }
}

/// The path of a request that matches no operation, as the access log shows it.
enum LoggedPath {
    /// The most bytes of a path in the log.
    static let bytesMax = 256

    /// The path without query, shortened; bytes that a URI must escape become `?`, so that a path cannot imitate a line.
    static func text(_ head: RequestHead) -> String {
        let path = head.path.utf8
        let shown = path.prefix(bytesMax).map { $0 > 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") }
        return String(decoding: shown, as: UTF8.self) + (path.count > bytesMax ? "…" : "")
    }
}
