import NIOCore
import Testing

@testable import SpecCore

/// The multipart reader as a value: bytes in, events out.
@Suite struct MultipartTests {
    /// The result of reading, with the pieces of each part joined.
    private enum Outcome: Equatable {
        case parts([Part])
        case fault(String)
    }

    private struct Part: Equatable {
        var head: PartHead
        var bytes: [UInt8]

        init(_ name: String, _ text: String, fileName: String? = nil, contentType: String? = nil) {
            head = PartHead(name: name, fileName: fileName, contentType: contentType)
            bytes = Array(text.utf8)
        }
    }

    private static func read(
        _ pieces: [[UInt8]], boundary: String = "b", bounds: MultipartBounds = MultipartBounds()
    ) -> Outcome {
        var reader = MultipartReader(boundary: boundary, bounds: bounds)
        var parts: [Part] = []
        do throws(MultipartFault) {
            for piece in pieces {
                reader.feed(ByteBuffer(bytes: piece))
                while let event = try reader.next() {
                    switch event {
                    case .part(let head):
                        parts.append(Part(head.name, "", fileName: head.fileName, contentType: head.contentType))
                    case .bytes(let bytes): parts[parts.count - 1].bytes += Array(bytes.readableBytesView)
                    case .partEnd, .end: break
                    }
                }
            }
            try reader.finish()
            return .parts(parts)
        } catch {
            return .fault(error.description)
        }
    }

    private static func read(_ text: String, boundary: String = "b") -> Outcome {
        read([Array(text.utf8)], boundary: boundary)
    }

    private static let form =
        "preamble\r\n--b  \r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHello\r\n--b\r\n"
        + "content-disposition: form-data; filename=\"a \\\"b\\\".png\"; name=file\r\nContent-Type: image/png\r\n\r\n"
        + "\r\n--\r\n--a\r\r\n-\r\n--b\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n--b--\r\nepilogue"

    private static let parts = [
        Part("text", "Hello"),
        Part("file", "\r\n--\r\n--a\r\r\n-", fileName: "a \"b\".png", contentType: "image/png"),
        Part("empty", ""),
    ]

    @Test func readsTextsFilesAndEmptyParts() {
        #expect(Self.read(Self.form) == .parts(Self.parts))
    }

    @Test func readsTheSameWhereverTheBytesAreSplit() {
        let bytes = Array(Self.form.utf8)
        for place in 0...bytes.count {
            #expect(Self.read([Array(bytes[..<place]), Array(bytes[place...])]) == .parts(Self.parts), "at \(place)")
        }
        #expect(Self.read(bytes.map { [$0] }) == .parts(Self.parts))
    }

    @Test func keepsEveryByteOfAFile() {
        var bytes = Array("--b\r\nContent-Disposition: form-data; name=f\r\n\r\n".utf8)
        let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        bytes += content + Array("\r\n--b--".utf8)
        let pieces = stride(from: 0, to: bytes.count, by: 997).map { Array(bytes[$0..<min($0 + 997, bytes.count)]) }
        var expected = Part("f", "")
        expected.bytes = content
        #expect(Self.read(pieces) == .parts([expected]))
    }

    @Test func refusesAFormThatEndsAnywhereBeforeItsFinalBoundary() {
        let bytes = Array(Self.form.utf8)
        let end = bytes.count - "--\r\nepilogue".utf8.count
        for count in 0..<end + 2 {
            guard case .fault = Self.read([Array(bytes[..<count])]) else {
                Issue.record("taken although it ends after \(count) bytes")
                return
            }
        }
        #expect(Self.read([Array(bytes[..<end])]) == .fault("The form ended before its final boundary."))
    }

    @Test(arguments: [
        (
            "--b\nContent-Disposition: form-data; name=a\n\nx\n--b--\n",
            "A boundary must be followed by a line break (CR and LF), or by '--' if it is the last."
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=a\n\nx\r\n--b--",
            "The form ended before its final boundary."
        ),
        (
            "--bc\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--",
            "A boundary must be followed by a line break (CR and LF), or by '--' if it is the last."
        ),
        (
            "--b\r\n\r\nx\r\n--b--",
            "A part of a form must have a Content-Disposition such as form-data; name=\"file\"."
        ),
        (
            "--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--",
            "A part of a form must have a Content-Disposition such as form-data; name=\"file\"."
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=a\r\n folded\r\n\r\nx\r\n--b--",
            "A header line of a part must be a name, ':' and a value."
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\nx\r\n--b--",
            "A part must have only one Content-Disposition."
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--b--",
            "The parameter 'name' is repeated."
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
            "A parameter must be name=value, with quotes if the value has spaces."
        ),
        (
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
            "A part must not have the Content-Transfer-Encoding 'base64'."
        ),
    ]) func refusesBrokenForms(form: String, fault: String) {
        #expect(Self.read(form) == .fault(fault))
    }

    @Test func refusesHeadsThatAreNoText() {
        let start = Array("--b\r\nContent-Disposition: form-data; name=".utf8)
        let end = Array("\r\n\r\nx\r\n--b--".utf8)
        #expect(Self.read([start + [0xFF] + end]) == .fault("The head of a part must be UTF-8."))
        #expect(
            Self.read([start + [0x61, 0x00] + end])
                == .fault("A header line of a part must be a name, ':' and a value."))
    }

    @Test func refusesMoreThanItsBounds() {
        let part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n"
        #expect(
            Self.read(String(repeating: part, count: 100_000) + "--b--") == .fault("A form has at most 100 parts."))
        let line = "X: " + String(repeating: "a", count: 9_000) + "\r\n"
        #expect(Self.read("--b\r\n" + line) == .fault("The head of a part has at most 8192 bytes."))
        let many = String(repeating: "X: y\r\n", count: 2_000)
        #expect(Self.read("--b\r\n" + many + "\r\n") == .fault("The head of a part has at most 8192 bytes."))
        #expect(
            Self.read(String(repeating: "x", count: 2_000) + "\r\n" + part)
                == .fault("The form does not start with its boundary."))
        #expect(
            Self.read("--b" + String(repeating: " ", count: 70))
                == .fault("A boundary must be followed by a line break (CR and LF), or by '--' if it is the last."))
    }

    @Test func takesAtMost64SpacesBehindABoundary() {
        func form(_ spaces: Int) -> String {
            "--b\(String(repeating: " ", count: spaces))\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--"
        }
        #expect(Self.read(form(64)) == Self.read(form(0)))
        #expect(
            Self.read(form(65))
                == .fault("A boundary must be followed by a line break (CR and LF), or by '--' if it is the last."))
    }

    @Test func keepsNoMoreThanTheBeginningOfADelimiter() throws {
        var reader = MultipartReader(boundary: "b", bounds: MultipartBounds())
        reader.feed(ByteBuffer(string: "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n"))
        _ = try reader.next()
        var handedOn = 0
        for _ in 0..<1_000 {
            reader.feed(ByteBuffer(repeating: 0x0D, count: 1_024))
            while case .bytes(let bytes)? = try reader.next() { handedOn += bytes.readableBytes }
        }
        #expect(handedOn >= 1_024_000 - 4)
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", "a b"),
        ("multipart/form-data; charset=utf-8; boundary=a'()+_,-./:=?", "a'()+_,-./:=?"),
    ]) func readsBoundaries(type: String, boundary: String) throws {
        #expect(try MultipartBoundary.read(type) == boundary)
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=a;boundary=b", "multipart/form-data; boundary=\"a\tb\"",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ]) func refusesBoundaries(type: String) {
        #expect(throws: Problem.self) { try MultipartBoundary.read(type) }
    }
}
