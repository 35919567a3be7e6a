import NIOCore
import SpecCore
import Testing

/// Bodies that are not JSON, and what their schemas say.
@Suite(.timeLimit(.minutes(10))) struct BodyTests {
    /// A body that is there at once.
    private struct Bytes: BodyStream {
        let bytes: ByteBuffer

        var declaredLength: Int? { bytes.readableBytes }
        var contentCoding: String? { nil }

        func next() async throws -> ByteBuffer? { nil }
        func collect(upTo bytesMax: Int) async throws -> ByteBuffer { bytes }
    }

    private static func request(_ operation: Operation, _ type: String, _ body: String) -> OperationRequest {
        let head = RequestHead(
            method: .post, target: operation.path, fields: HeaderFields([HeaderField("content-type", type)]))
        return OperationRequest(
            operation, head: head, captures: PathCaptures(), body: Bytes(bytes: ByteBuffer(string: body)))
    }

    /// The codes of the violations of a body; empty if it is valid.
    private static func codes(_ decode: () async throws -> some Any) async -> [String] {
        do {
            _ = try await decode()
            return []
        } catch {
            return ((error as? Problem)?.violations ?? []).map(\.code)
        }
    }

    @Test(arguments: [
        ("a=5", []), ("a=5&b=x&b=%C3%A9+y", []), ("a=4", ["minimum"]), ("b=x", ["required"]), ("a=5&a=6", ["repeated"]),
        ("a=5&c=1", ["unknown-member"]), ("a=5&b=1&b=2&b=3", ["max-items"]), ("a=%", ["encoding", "required"]),
        ("a=x", ["type"]), (String(repeating: "&a=5", count: 101), ["max-items"]),
    ])
    func enforcesURLEncodedForms(body: String, expected: [String]) async {
        let request = Self.request(PlainForm.operation, "application/x-www-form-urlencoded", body)
        #expect(await Self.codes { try await PlainForm.decode(request) } == expected)
    }

    @Test(arguments: [
        ("abc", []), ("é", []), ("abcd", ["max-length"]), ("b", ["pattern"]), ("", ["min-length"]),
    ])
    func enforcesTexts(body: String, expected: [String]) async {
        let request = Self.request(PlainText.operation, "text/plain", body)
        #expect(await Self.codes { try await PlainText.decode(request) } == expected)
    }

    @Test func readsTextsOfAnEnum() async throws {
        let body = try await Word.decode(Self.request(Word.operation, "text/plain", "a")).body
        #expect(body?.rawValue == "a")
        let request = Self.request(Word.operation, "text/plain", "c")
        #expect(await Self.codes { try await Word.decode(request) } == ["enum"])
    }

    @Test func comparesListsOfNumbersByValue() async {
        let head = RequestHead(method: .post, target: "/errors?numbers=1&numbers=01", fields: HeaderFields())
        let request = OperationRequest(
            PostFilesCopy.operation, head: head, captures: PathCaptures(), body: Bytes(bytes: ByteBuffer()))
        #expect(await Self.codes { try await PostFilesCopy.decode(request) } == ["unique-items"])
    }

    @Test(arguments: [
        ("9007199254740992", []), ("9007199254740992.5", ["maximum"]), ("0.25", ["multiple-of"]), ("1e0", []),
    ])
    func judgesNumbersOfAQueryByTheirDigits(text: String, expected: [String]) async {
        let head = RequestHead(method: .post, target: "/errors?limit=\(text)", fields: HeaderFields())
        let request = OperationRequest(
            PostFilesCopy.operation, head: head, captures: PathCaptures(), body: Bytes(bytes: ByteBuffer()))
        #expect(await Self.codes { try await PostFilesCopy.decode(request) } == expected)
    }

    @Test func sendsNoHeaderForNull() {
        let none = NullableHeaders.OkHeaders(xA: nil, xC: [0, 1], xE: "c").fields
        #expect(none["x-a"] == nil)
        #expect(none["x-c"] == "AAE=")
        #expect(none["x-e"] == "c")
        let all = NullableHeaders.OkHeaders(xA: "v", xB: .a, xC: [], xD: .integer(5), xE: "c", xF: 7).fields
        #expect([all["x-a"], all["x-b"], all["x-d"], all["x-f"]] == ["v", "a", "5", "7"])
    }

    @Test(arguments: [
        ("/files/a.txt", "fileOf", ["a", "txt"]), ("/files/a.b.txt", "fileOf", ["a", "b.txt"]),
        ("/files/a:b:cancel", "cancelFile", ["a:b"]), ("/files/a.b:cancel", "cancelFile", ["a.b"]),
    ])
    func capturesPartsOfASegment(path: String, id: String, captured: [String]) {
        let operations = [FileOf.operation, CancelFile.operation]
        guard case .found(let index, let captures) = RouteTable(operations).match(.get, target: path) else {
            Issue.record("\(path) is not found")
            return
        }
        let bytes = Array(path.utf8)
        #expect(operations[index].id == id)
        #expect((0..<captures.count).map { String(decoding: bytes[captures[$0]], as: UTF8.self) } == captured)
    }

    @Test(arguments: ["/files/a", "/files/.txt", "/files/a.", "/files/:cancel", "/files/"])
    func findsNothingForAnEmptyPart(path: String) {
        guard case .notFound = RouteTable([FileOf.operation, CancelFile.operation]).match(.get, target: path) else {
            Issue.record("\(path) is found")
            return
        }
    }

    @Test func answers204WhereNothingIsDeclared() {
        #expect(CancelFile.encode(.noContent).status == 204)
    }
}
