import NIOCore
import SpecCore
import TestSupport
import Testing

/// Mutated JSON, forms and parameters: nothing traps or hangs, and what is read keeps its meaning.
@Suite struct ReaderFuzzTests {
    @Test(.timeLimit(.minutes(12))) func jsonThatIsReadIsWrittenWithTheSameMeaning() async {
        let samples = [
            #"{"a":[1,2.5e3,"x\u00e9\ud83d\ude00",true,null],"b":{"c":"é"}}"#, "[[[[]]],{}]",
            #"{"n":[0,-0,1e308,-9223372036854775808,9223372036854775807,0.1,123456789012345678901234567890]}"#,
            #"["\"\\\/\b\f\n\r\t","日本語 \u2028","\ud800\udc00"]"#, " \r\n\t{ \"a\" : null } ",
        ].map { Array($0.utf8) }
        let tokens = [
            "null", "true", "1e999", "-0", "\\u0000", "\\ud83d", "\\udfff", "{\"a\":", "[[[[[[[[", "\u{FEFF}", "\"",
            "\\",
            ",,", "9223372036854775808", "1E+2", "0x1", "NaN",
        ]
        await Fuzzer.run("json", samples: samples, tokens: tokens) { input, seed in
            guard let value = JSON.value(input) else { return }
            let text = JSON.text { value.write(to: &$0) }
            #expect(JSON.value(Array(text.utf8))?.canonicalText == value.canonicalText, "SEED=\(seed)")
        }
    }

    @Test(.timeLimit(.minutes(12))) func formsAreReadTheSameWhereverTheyAreSplit() async {
        let samples = [
            "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHello\r\n--b--\r\n",
            "preamble\r\n--b  \r\ncontent-disposition: form-data; filename=\"a \\\"b\\\".png\"; name=file\r\n"
                + "Content-Type: image/png\r\n\r\n\r\n--\r\n--a\r\r\n-\r\n--b--\r\nepilogue",
            "--b\r\nContent-Disposition: form-data; name=e\r\n\r\n\r\n--b\r\n"
                + "Content-Disposition: form-data; name*=UTF-8''%e2%82%ac; filename*=UTF-8''%e2%82%ac\r\n\r\nx\r\n--b--",
        ].map { Array($0.utf8) }
        let tokens = [
            "--b", "\r\n--b", "\r\n--b--", "\r\n\r\n", "\r\n", "Content-Disposition: form-data; name=", "filename=",
            "\"",
            "; ", "\\\"", "Content-Type: ", "%", "--", "\n",
        ]
        await Fuzzer.run("forms", samples: samples, tokens: tokens) { input, seed in
            let middle = input.count / 2
            let whole = Self.parts([input])
            let halves = Self.parts([Array(input[..<middle]), Array(input[middle...])])
            #expect(whole == halves, "SEED=\(seed)")
        }
    }

    /// The parts with their bytes, or the reason why the form is refused.
    private static func parts(_ pieces: [[UInt8]]) -> [String] {
        var reader = MultipartReader(boundary: "b", bounds: MultipartBounds())
        var parts: [String] = []
        do throws(MultipartFault) {
            for piece in pieces {
                reader.feed(ByteBuffer(bytes: piece))
                while let event = try reader.next() {
                    switch event {
                    case .part(let head): parts.append("\(head):")
                    case .bytes(let bytes):
                        parts[parts.count - 1] += "\(Array(bytes.readableBytesView).map { "\($0) " }.joined())"
                    case .partEnd, .end: break
                    }
                }
            }
            try reader.finish()
            return parts
        } catch {
            return [error.description]
        }
    }

    @Test(.timeLimit(.minutes(12))) func parametersAreReadOrRefusedByName() async {
        let samples = [
            "/m?limit=50&cursor=abc_-&userIds=0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00&userIds=x&open=true",
            "/m?at=2026-11-23T06:02:11.482Z&on=2024-02-29&size=1e3&text=a%20b+c%C3%A9&bytes=aGk%3D",
            "/m?limit=-9223372036854775808",
            "/m?at=0000-01-01T00:00:00%2B00:01&at=9999-12-31T23:59:60Z&size=1e-400", "/m",
        ].map { Array($0.utf8) }
        let tokens = [
            "&limit=", "&at=", "&on=", "&size=", "&text=", "&open=", "&userIds=", "&bytes=", "%00", "%ff", "%", "+",
            "&&", "=",
            "9223372036854775808", "-0", "1e400", "+1", "2026-02-30", "T24:00:00Z", "-00:01", ".999999999999999999",
            "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b0", "true",
        ]
        let operation = Operation(id: "m", method: .get, path: "/m", produces: [])
        await Fuzzer.run("parameters", samples: samples, tokens: tokens) { input, seed in
            let head = RequestHead(method: .get, target: String(decoding: input, as: UTF8.self), fields: HeaderFields())
            let request = OperationRequest(operation, head: head, captures: PathCaptures(), body: NoBytes())
            #expect(Self.lost(request) == [], "SEED=\(seed)")
        }
    }

    /// The values that are not read again from their own text.
    private static func lost(_ request: OperationRequest) -> [String] {
        var reader = ParameterReader(request, query: ["limit", "at", "on", "size", "text", "open", "userIds", "bytes"])
        var lost: [String] = []
        func again<Value: Equatable>(
            _ value: Value?, _ text: (Value) -> String, _ read: (String) -> Result<Value, RuleFailure>
        ) {
            if let value, (try? read(text(value)).get()) != value { lost.append(text(value)) }
        }
        let integer: (String) -> Result<Int64, RuleFailure> = { ParameterText.integer($0, NumberRule<Int64>()) }
        let number: (String) -> Result<Double, RuleFailure> = { ParameterText.number($0) }
        let text: (String) -> Result<String, RuleFailure> = { ParameterText.text($0) }
        again(reader.one(.query("limit"), integer), \.description, integer)
        again(reader.one(.query("at"), ParameterText.timestamp), \.description, ParameterText.timestamp)
        again(reader.one(.query("on"), ParameterText.date), \.description, ParameterText.date)
        again(reader.one(.query("size"), number), \.description, number)
        again(reader.one(.query("text"), text), \.self, text)
        again(reader.one(.query("open"), ParameterText.bool), \.description, ParameterText.bool)
        for id in reader.many(.query("userIds"), ArrayRule(), ParameterText.identifier) ?? [] {
            again(id, \.description, ParameterText.identifier)
        }
        _ = reader.one(.query("bytes")) { ParameterText.base64($0) }
        return lost
    }
}

/// The body of a request without one.
private struct NoBytes: BodyStream {
    var declaredLength: Int? { 0 }
    var contentCoding: String? { nil }
    func next() async throws -> ByteBuffer? { nil }
    func collect(upTo bytesMax: Int) async throws -> ByteBuffer { ByteBuffer() }
}
