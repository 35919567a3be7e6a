import BenchContract
import Foundation
import NIOCore
import SpecCore

/// The generated JSON reader and writer of the echoed message, compared with Foundation's Codable.
struct JSONFigures {
    let stopwatch: Stopwatch

    private static let data = Data(Sample.json.utf8)
    private static let buffer = ByteBuffer(string: Sample.json)

    func run() {
        let decoding = stopwatch.compare(Self.decodeOurs, Self.decodeTheirs)
        Figure(name: "decode", ours: decoding.ours, theirs: decoding.theirs).write()
        guard let ours = Self.decoded(), let theirs = try? JSONDecoder().decode(PlainMessage.self, from: Self.data)
        else { fatalError("the sample is a valid message") }
        let encoder = JSONEncoder()
        let encoding = stopwatch.compare {
            var json = JSONWriter()
            ours.write(to: &json)
            keep(json.finish())
        } _: {
            keep(try? encoder.encode(theirs))
        }
        Figure(name: "encode", ours: encoding.ours, theirs: encoding.theirs).write()
    }

    private static func decoded() -> EchoMessage? {
        var violations = Violations()
        return try? JSONReader.decode(EchoMessage.self, from: buffer, &violations)
    }

    private static func decodeOurs() { keep(decoded()) }

    private static let decoder = JSONDecoder()

    private static func decodeTheirs() { keep(try? decoder.decode(PlainMessage.self, from: data)) }
}

/// A message of about 400 bytes of ordinary text.
enum Sample {
    static let json = #"""
        {"recipientId":"0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00","clientMessageId":"5f1d9a52-3c44-4b0e-9f9a-1f0c8f3f7a11","text":"The quick brown fox jumps over the lazy dog, \"as it does\", and then sits down to rest a while.\nTomorrow it will do the same again, because nobody has ever told it to do anything else; the dog does not mind much.","replyToId":"0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b01"}
        """#
}
