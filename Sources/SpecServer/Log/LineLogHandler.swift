public import Logging
import SpecCore

/// The format of log lines.
public enum LogStyle: Sendable {
    /// Plain text for people.
    case text
    /// One JSON object per line.
    case json
}

/// Writes each log message as one line.
public struct LineLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let output: LogOutput
    private let style: LogStyle

    public init(_ output: LogOutput, style: LogStyle, level: Logger.Level) {
        self.output = output
        self.style = style
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        switch style {
        case .json: output.write(json(event, all))
        case .text: output.write(text(event, all).utf8)
        }
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("time")
        json.timestamp(.now())
        json.key("level")
        json.text(event.level.rawValue)
        json.key("message")
        json.text(LogText.escaped("\(event.message)"))
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            json.key(text: LogText.escaped(key))
            json.text(LogText.escaped("\(value)"))
        }
        json.endObject()
        return Array(json.text().utf8) + [UInt8(ascii: "\n")]
    }

    private func text(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        let pairs = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        return "\(Timestamp.now()) \(event.level.rawValue) \(LogText.escaped("\(event.message)\(pairs)"))\n"
    }
}
