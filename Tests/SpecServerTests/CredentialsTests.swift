import SpecCore
import Testing

@testable import SpecServer

/// Tests of where credentials are found: the field, query parameter or cookie that the security scheme names, and no other.
@Suite struct CredentialsTests {
    private static func value(
        _ carrier: SecurityScheme.Carrier, _ target: String, _ fields: (String, String)...
    ) -> String? {
        let head = RequestHead(
            method: .get, target: target, fields: HeaderFields(fields.map { HeaderField($0.0, $0.1) }))
        return Credentials.value(carrier, in: head)
    }

    @Test(arguments: [
        ("Bearer abc", "abc"), ("bearer  abc", "abc"), ("Bearer a b", "a b"), ("Bearer", nil), ("Bearer ", nil),
        ("Basic abc", nil), ("Bearerabc", nil), ("", nil),
    ])
    func findsATokenBehindItsScheme(field: String, token: String?) {
        #expect(Self.value(.bearer, "/", ("Authorization", field)) == token)
    }

    @Test func takesTwoAuthorizationFieldsForNone() {
        #expect(Self.value(.bearer, "/", ("Authorization", "Bearer a"), ("authorization", "Bearer a")) == nil)
    }

    @Test(arguments: [("Basic YTpi", "a:b"), ("basic YTpi", "a:b"), ("Basic YTp", nil), ("Bearer YTpi", nil)])
    func decodesTheNameAndPassword(field: String, text: String?) {
        #expect(Self.value(.basic, "/", ("Authorization", field)) == text)
    }

    @Test func findsTheKeyInOneField() {
        #expect(Self.value(.header("x-key"), "/", ("X-Key", "k")) == "k")
        #expect(Self.value(.header("x-key"), "/", ("X-Keys", "k")) == nil)
        #expect(Self.value(.header("x-key"), "/", ("X-Key", "k"), ("x-key", "k")) == nil)
    }

    @Test(arguments: [
        ("/pets?key=k", "k"), ("/pets?a=b&key=k&key=l", "k"), ("/pets?key=a%2Bb+c", "a+b c"), ("/pets?key=a=b", "a=b"),
        ("/pets?keys=k", nil), ("/pets?akey=k", nil), ("/pets?key", nil), ("/pets?Key=k", nil), ("/pets", nil),
    ])
    func findsTheKeyInTheQuery(target: String, key: String?) {
        #expect(Self.value(.query("key"), target) == key)
    }

    @Test(arguments: [
        ("key=k", "k"), ("a=b; key=k", "k"), ("keys=k", nil), ("akey=k", nil), ("Key=k", nil), ("a=key", nil),
    ])
    func findsTheKeyInACookie(field: String, key: String?) {
        #expect(Self.value(.cookie("key"), "/", ("Cookie", field)) == key)
    }
}
