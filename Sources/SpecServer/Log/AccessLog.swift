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
        record(method: request.isHead ? "HEAD" : request.method?.token ?? "-", reply, route: route, since: start)
    }

    func record(method: StaticString, _ reply: DoorReply, route: String, since start: ContinuousClock.Instant) {
        let passed = start.duration(to: .now).components
        let microseconds = passed.seconds * 1_000_000 + passed.attoseconds / 1_000_000_000_000
        switch style {
        case .json: writeJSON(method, reply, route, microseconds)
        case .text:
            output.write(
                "\(Timestamp.now()) info \(method) \(route) \(reply.answer.status) \(Double(microseconds) / 1_000) ms \(bytes(reply)) bytes requestId=\(reply.requestID)\n"
                    .utf8)
        }
    }

    private func writeJSON(_ method: StaticString, _ reply: DoorReply, _ route: String, _ microseconds: Int64) {
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.key("time")
        json.timestamp(.now())
        json.key("level")
        json.plain("info")
        json.key("message")
        json.plain("request")
        json.key("requestId")
        json.text(reply.requestID)
        json.key("method")
        json.plain(method)
        json.key("route")
        json.text(route)
        json.key("status")
        json.integer(reply.answer.status)
        json.key("durationMs")
        json.thousandths(microseconds)
        json.key("bytes")
        json.integer(bytes(reply))
        json.endObject()
        json.lineBreak()
        json.withBytes { output.write($0) }
    }

    private func bytes(_ reply: DoorReply) -> Int {
        switch reply.answer.body {
        case .empty: 0
        case .bytes(let bytes): bytes.readableBytes
        case .stream(let length, _): length ?? 0
        }
    }
}
