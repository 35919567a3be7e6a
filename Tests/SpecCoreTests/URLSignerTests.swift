import NIOCore
import SpecCore
import Testing

/// Signed URLs: their places in JSON, their signatures, and what is rejected.
@Suite struct URLSignerTests {
    /// A sum as a code; enough to tell paths and viewers apart.
    private struct Sums: MessageAuthenticator {
        let codeBytes = 16
        var key: UInt8 = 1

        func code(of bytes: [UInt8]) -> [UInt8] {
            [UInt8](repeating: bytes.reduce(key) { $0 &* 31 &+ $1 }, count: codeBytes)
        }

        func isValid(_ code: ArraySlice<UInt8>, of bytes: [UInt8]) -> Bool { code.elementsEqual(self.code(of: bytes)) }
    }

    private static let scheme = SecurityScheme("reference", .query("signature"))
    private static let ada = Identifier.make()

    private func signer(at second: Int64 = 1_700_000_000, key: UInt8 = 1) throws -> URLSigner {
        try URLSigner(scheme: Self.scheme, authenticator: Sums(key: key), lifetimeSeconds: 600) {
            Timestamp(milliseconds: second * 1_000)
        }
    }

    /// The signature in a signed URL.
    private func signature(of url: String) -> String { String(url.split(separator: "signature=")[1]) }

    @Test func signsTheURLsOfAResponse() throws {
        var json = JSONWriter()
        json.beginObject()
        json.key("text")
        json.text("/no?signature=\"reference\"")
        json.key("first")
        json.signedURL("/files/1")
        json.key("second")
        json.signedURL("/files/2?size=3")
        for (name, value) in [("absolute", "https://example.org/a"), ("network", "//example.org"), ("odd", "/a\"b")] {
            json.key(text: name)
            json.signedURL(value)
        }
        json.endObject()
        let places = json.signedURLs ?? []
        let plain = json.finish()
        let head = #"{"text":"/no?signature=\"reference\"","first":"/files/1"#
        let middle = #"","second":"/files/2?size=3"#
        let tail = #"","absolute":"https://example.org/a","network":"//example.org","odd":"/a\"b"}"#
        #expect(String(buffer: plain) == head + middle + tail)
        let first = try signer().sign("/files/1", for: Self.ada).dropFirst("/files/1".count)
        let second = try signer().sign("/files/2?size=3", for: Self.ada).dropFirst("/files/2?size=3".count)
        #expect(first.hasPrefix("?signature="))
        #expect(second.hasPrefix("&signature="))
        let signed = try signer().sign(plain, places, for: Self.ada)
        #expect(String(buffer: signed) == head + first + middle + second + tail)
    }

    @Test func notesNothingInJSONWithoutSignedURLs() {
        var json = JSONWriter()
        json.text("/files/1")
        let places = json.signedURLs
        #expect(places == nil)
    }

    @Test func verifiesASignatureForItsPathOnly() throws {
        let signature = try signature(of: signer().sign("/files/1?size=3", for: Self.ada))
        let caller = try signer(at: 1_700_000_599).caller(with: signature, path: "/files/1")
        #expect(caller == Caller(subject: Self.ada, session: Identifier(high: 0, low: 0), scheme: "reference"))
        let invalid = Problem(.unauthenticated, "The signature of the URL is not valid.")
        for path in ["/files/2", "/files", "/files/1/", ""] {
            #expect(throws: invalid) { try signer().caller(with: signature, path: path) }
        }
        for text in ["", "AAAA", signature + "A", String(signature.dropLast()), "not base64url!"] {
            #expect(throws: invalid) { try signer().caller(with: text, path: "/files/1") }
        }
        #expect(throws: invalid) { try signer(key: 2).caller(with: signature, path: "/files/1") }
    }

    @Test func rejectsExpiredSignatures() throws {
        let signature = try signature(of: signer().sign("/files/1", for: Self.ada))
        #expect(throws: Problem(.tokenExpired, "The signed URL has expired; request a new one.")) {
            try signer(at: 1_700_000_600).caller(with: signature, path: "/files/1")
        }
    }

    @Test(arguments: [
        (SignedURLs(places: []), ""),
        (SignedURLs(places: [3..<9, 12..<12, 40..<400_000]), "3-9 12-12 40-400000"),
        (SignedURLs(places: [0..<1], viewer: ada), "0-1 \(ada)"),
    ])
    func storesPlaces(urls: SignedURLs, text: String) {
        #expect(urls.text == text)
        #expect(SignedURLs(text: text) == urls)
    }

    @Test(arguments: ["x", "1", "1-", "-1", "2-1", "0-5 4-6", "0-5 x", "1-2-3"])
    func refusesStoredPlacesThatAreDamaged(text: String) {
        #expect(SignedURLs(text: text) == nil)
    }

    @Test(arguments: [SecurityScheme.Carrier.bearer, .header("x-signature")])
    func needsASchemeInTheQuery(carrier: SecurityScheme.Carrier) {
        let scheme = SecurityScheme("reference", carrier)
        #expect(
            throws: ConfigurationError(
                "URLSigner needs an apiKey in the query, not the scheme 'reference': pass Routes.signedURLScheme")
        ) {
            try URLSigner(scheme: scheme, authenticator: Sums(), lifetimeSeconds: 600) {
                Timestamp(milliseconds: 0)
            }
        }
    }
}
