import SpecValues
import Testing

/// Formats of texts, and their codings.
@Suite struct TextTests {
    @Test(arguments: ["a@b", "ada.lovelace+x@example.org", "a_b%c@x-y.z"])
    func takesAddresses(text: String) { #expect(TextFormat.email.matches(text)) }

    @Test(arguments: ["", "a", "@b", "a@", "a b@c", "a..b@c", "a@-b", "a@b..c", "a@b@c@", "é@x"])
    func refusesWhatIsNoAddress(text: String) { #expect(!TextFormat.email.matches(text)) }

    @Test func tellsAbsoluteURIsFromOthers() {
        #expect(TextFormat.uri.matches("https://example.org/a?b=c#d"))
        #expect(TextFormat.uri.matches("urn:uuid:1"))
        for text in [
            "/a", "example.org", "http://a b", "http://a%2", "1a:b", "a#b#c", "http://[zzz]/", "http://[::1\u{0}]/",
        ] {
            #expect(!TextFormat.uri.matches(text), "\(text)")
        }
    }

    @Test(arguments: [
        "", "/media/1?a=b#c", "//example.org/a", "a/b:c", "../a", "?a:b", "#", "https://example.org/", "urn:a",
    ])
    func takesReferences(text: String) { #expect(TextFormat.uriReference.matches(text)) }

    @Test(arguments: ["a b", "/a%2", "1a:b", ":a", "//[zzz]/", "/a#b#c", "\\a", "/é", "/a\n"])
    func refusesWhatIsNoReference(text: String) { #expect(!TextFormat.uriReference.matches(text)) }

    @Test func decodesPercentEscapes() {
        #expect(PercentCoding.decode("a%20b+c%C3%A9".utf8, plusIsSpace: true) == "a b cé")
        #expect(PercentCoding.decode("%zz".utf8, plusIsSpace: false) == nil)
        #expect(PercentCoding.decode("%ff".utf8, plusIsSpace: false) == nil)
    }

    @Test(arguments: [("", []), ("AA==", [0]), ("AAE=", [0, 1]), ("AAEC", [0, 1, 2])] as [(String, [UInt8])])
    func readsAndWritesBase64(text: String, bytes: [UInt8]) {
        #expect(Base64.decode(text) == bytes)
        #expect(Base64.encode(bytes) == text)
    }

    @Test(arguments: ["A", "AA", "AAA", "QR==", "AA=A", "====", "A===", "AA_-", "AAE= "])
    func refusesOtherBase64(text: String) { #expect(Base64.decode(text) == nil) }
}
