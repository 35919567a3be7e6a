import Foundation
import SpecCompiler
import SpecCore
import Testing

/// `spec lint` accepts an example exactly if the generated code reads it.
@Suite struct VerdictTests {
    @Test(arguments: [
        #""uuid":"0190A6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00""#, #""time":"2026-11-23T06:02:11Z""#,
        #""time":"2026-11-23t06:02:11.4821+23:59""#, #""time":"2016-12-31T15:59:60-08:00""#, #""date":"2000-02-29""#,
        #""email":"a_b%c@x-y.z""#, #""uri":"http://[::1]:80/""#, #""uri":"urn:uuid:1""#, #""uri":"http://u@h/%7E?#""#,
        #""bytes":"QQ==""#, #""bytes":"""#, #""word":"aà9""#, #""short":"日本""#, #""short":"👍👍👍""#,
        #""choice":"é""#, #""constant":"é""#, #""large":9007199254740993"#, #""large":-9007199254740993"#,
        #""large":1.0"#, #""large":1e2"#, #""small":-2147483648"#, #""even":2"#, #""even":8.0"#, #""tenths":0.3"#,
        #""tenths":-1"#, #""open":0.5"#, #""flag":true"#, #""list":[1,"1"]"#,
        #""set":[1,"1",true,[1],{"a":1}]"#, #""set":["é","e\u0301"]"#,
    ])
    func takes(member: String) throws {
        #expect(Self.isRead(member))
        #expect(try Self.isClean(member))
    }

    @Test(arguments: [
        #""uuid":"0190a6b27c4e7b1a9f3d2f1c5e8a9b00""#, #""uuid":"g190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00""#,
        #""time":"0000-01-01T00:00:60Z""#, #""time":"2026-11-23T06:02:60Z""#, #""time":"2026-11-23 06:02:11Z""#,
        #""time":"2026-11-23T06:02:11+24:00""#, #""time":"2026-11-23T06:02:11.Z""#, #""date":"1900-02-29""#,
        #""date":"2026-1-01""#, #""email":"a..b@c""#, #""email":"a@""#, #""email":"a@-b""#,
        #""uri":"http://[zzz]/""#, #""uri":"http://[::1\u0000]/""#, #""uri":"http://h:x/""#, #""uri":"a#b#c""#,
        #""uri":"//example.org""#, #""uri":"http://a%2""#, #""bytes":"QR==""#, #""bytes":"QQ=""#, #""bytes":"A===""#,
        #""word":"9""#, #""word":"""#, #""short":"日""#, #""short":"👍👍👍👍""#, #""choice":"e\u0301""#,
        #""choice":null"#, #""constant":"e\u0301""#, #""large":9007199254740994"#, #""large":9223372036854775808"#,
        #""large":1e19"#, #""large":1.5"#, #""small":2147483648"#, #""even":3"#, #""even":0"#, #""even":10"#,
        #""tenths":0.25"#, #""tenths":0.7000000000000001"#, #""tenths":1.1"#,
        #""open":0"#, #""open":1"#, #""open":"0.5""#, #""flag":1"#, #""list":[]"#,
        #""list":[1,2,3]"#, #""list":[true]"#, #""set":[1,1.0]"#, #""set":[{"a":1,"b":2},{"b":2,"a":1}]"#,
        #""other":1"#,
    ])
    func refuses(member: String) throws {
        #expect(!Self.isRead(member))
        #expect(try !Self.isClean(member))
    }

    private static func isRead(_ member: String) -> Bool {
        var violations = Violations()
        let value = try? Array("{\(member)}".utf8).withUnsafeBufferPointer {
            try JSONReader.decode(Verdict.self, from: $0, &violations)
        }
        return value != nil && violations.isEmpty
    }

    private static func isClean(_ member: String) throws -> Bool {
        let name = "schemas/verdicts.yaml"
        let schemas = try Data(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "spec/" + name))
        let root = """
            {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas":
              {"Sample": {"$ref": "\(name)#/Verdict", "example": {\(member)}}}}}
            """
        let files = [
            SourceFile(path: "openapi.json", bytes: Array(root.utf8)),
            SourceFile(path: name, bytes: Array(schemas)),
        ]
        return !Compiler.lint(files: SpecFiles(folder: "", files: files), isStrict: true).hasErrors
    }
}
