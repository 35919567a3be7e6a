import Foundation
import Logging
import SpecCore
import TestSupport
import Testing

@testable import SpecServer

/// The lines of the log, whatever text they are made of.
@Suite struct LogTextTests {
    private static func line(
        _ style: LogStyle, _ message: String, _ metadata: Logger.Metadata = [:]
    ) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/log"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try #require(FileHandle(forWritingAtPath: path))
        let output = LogOutput(file: file.fileDescriptor)
        let logger = Logger(label: "test") { _ in LineLogHandler(output, style: style, level: .info) }
        logger.info("\(message)", metadata: metadata)
        output.flush()
        return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test(arguments: [
        ("plain text, Grüße, 漢字 👍", "plain text, Grüße, 漢字 👍"), ("two\nlines", "two\\u{a}lines"),
        ("\u{1B}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"), ("\u{9B}31m", "\\u{9b}31m"), ("\0\u{7F}", "\\u{0}\\u{7f}"),
        ("abc\u{202E}def\u{2066}g\u{200F}", "abc\\u{202e}def\\u{2066}g\\u{200f}"),
        ("a\u{2028}b\u{2029}c\u{85}d\r\n", "a\\u{2028}b\\u{2029}c\\u{85}d\\u{d}\\u{a}"),
    ])
    func escapesControlsInMessagesNamesAndValues(text: String, shown: String) throws {
        let plain = String(decoding: try Self.line(.text, text, [text: "\(text)"]), as: UTF8.self)
        #expect(plain.hasSuffix(" info \(shown) \(shown)=\(shown)\n"))
        #expect(plain.count { $0.isNewline } == 1)
    }

    @Test func showsNoControlOfAJSONLineEither() throws {
        let text = "two\nlines \u{1B}[31m \u{9B}31m \u{202E}abc \u{2028} \"quoted\""
        let line = try Self.line(.json, text, [text: "\(text)", "list": ["\(text)"]])
        let shown = String(decoding: line, as: UTF8.self)
        let isPlain = shown.dropLast().unicodeScalars.allSatisfy {
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
        #expect(isPlain && shown.last == "\n")
        let json = try #require(JSONValue.parse(Array(line.dropLast())))
        #expect(json["message"].string == LogText.escaped(text))
        #expect(json[LogText.escaped(text)].string == LogText.escaped(text))
    }
}
