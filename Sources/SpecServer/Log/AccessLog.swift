import NIOCore
import SpecCore

/// One line per request, straight to the output: a logger's dictionary would cost more than the answer.
public struct AccessLog: Sendable {
    private let output: LogOutput
    private let style: LogStyle

    public init(_ output: LogOutput, style: LogStyle) {
        self.output = output
        self.style = style
    }

    func record(_ request: DoorRequest, _ reply: DoorReply, route: String, since start: ContinuousClock.Instant) {
        record(
            method: request.isHead ? "HEAD" : request.method.map { "\($0.token)" } ?? "-", reply, route: route,
            since: start)
    }

    func record(method: String, _ reply: DoorReply, route: String, since start: ContinuousClock.Instant) {
        let passed = start.duration(to: .now).components
        let microseconds = passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000
        let milliseconds = Double(microseconds) / 1_000
        switch style {
        case .json: writeJSON(method, reply, route, milliseconds)
        case .text:
            output.write(
                "\(Timestamp.now()) info \(method) \(route) \(reply.answer.status) \(milliseconds) ms \(bytes(reply)) bytes requestId=\(reply.requestID)\n"
                    .utf8)
        }
    }

    private func writeJSON(_ method: String, _ reply: DoorReply, _ route: String, _ milliseconds: Double) {
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.key("time")
        json.timestamp(.now())
        json.key("level")
        json.text("info")
        json.key("message")
        json.text("request")
        json.key("requestId")
        json.text(reply.requestID)
        json.key("method")
        json.text(method)
        json.key("route")
        json.text(route)
        json.key("status")
        json.integer(reply.answer.status)
        json.key("durationMs")
        json.number(milliseconds)
        json.key("bytes")
        json.integer(bytes(reply))
        json.endObject()
        var line = json.finish()
        line.writeStaticString("\n")
        output.write(line.readableBytesView)
    }

    private func bytes(_ reply: DoorReply) -> Int {
        switch reply.answer.body {
        case .empty: 0
        case .bytes(let bytes): bytes.readableBytes
        case .stream(let length, _): length ?? 0
        }
    }
}
