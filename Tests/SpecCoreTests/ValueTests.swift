import SpecCore
import Testing

/// Ids, times, texts and routes.
@Suite struct ValueTests {
    @Test func makesIdsThatGrow() {
        let ids = (0..<1_000).map { _ in Identifier.make() }
        let times = ids.map { String($0.description.prefix(13)) }
        #expect(times.sorted() == times)
        #expect(Set(ids).count == 1_000)
        #expect(ids[0].description.dropFirst(14).first == "7")
        #expect(Identifier(ids[0].description) == ids[0])
        #expect(Identifier("0190a6b27c4e7b1a9f3d2f1c5e8a9b00") == nil)
    }

    @Test func writesJSONThatReadsBack() {
        let text = JSON.text { json in
            json.beginObject()
            json.key("t")
            json.text("a\"\\\n\r\t\u{1}é\u{1F600} and a tail of some length")
            json.key("n")
            json.number(0.1)
            json.key("i")
            json.integer(Int64.min)
            json.key("l")
            json.beginArray()
            for number in [1, 20, 300] {
                json.element()
                json.integer(number)
            }
            json.endArray()
            json.key("e")
            json.beginArray()
            json.endArray()
            json.key(text: "q\"")
            json.bool(false)
            json.endObject()
        }
        #expect(
            text
                == "{\"t\":\"a\\\"\\\\\\n\\r\\t\\u0001é\u{1F600} and a tail of some length\",\"n\":0.1,"
                + "\"i\":-9223372036854775808,\"l\":[1,20,300],\"e\":[],\"q\\\"\":false}")
    }

    @Test(arguments: ["a@b", "ada.lovelace+x@example.org", "a_b%c@x-y.z"])
    func takesAddresses(text: String) { #expect(TextFormat.email.matches(text)) }

    @Test(arguments: ["", "a", "@b", "a@", "a b@c", "a..b@c", "a@-b", "a@b..c", "a@b@c@", "é@x"])
    func refusesWhatIsNoAddress(text: String) { #expect(!TextFormat.email.matches(text)) }

    @Test func tellsAbsoluteURIsFromOthers() {
        #expect(TextFormat.uri.matches("https://example.org/a?b=c#d"))
        #expect(TextFormat.uri.matches("urn:uuid:1"))
        for text in ["/a", "example.org", "http://a b", "http://a%2", "1a:b", "a#b#c"] {
            #expect(!TextFormat.uri.matches(text), "\(text)")
        }
    }

    @Test func findsRoutesWithLiteralsBeforeParameters() {
        let paths: [(SpecCore.Method, String)] = [
            (.get, "/users/me"), (.get, "/users/{id}"), (.delete, "/users/{id}"), (.get, "/users/{id}/picture"),
            (.get, "/"),
        ]
        let table = RouteTable(paths.map { Operation(id: "\($0)\($1)", method: $0, path: $1) })
        func match(_ method: SpecCore.Method, _ target: String) -> String {
            switch table.match(method, target: target) {
            case .found(let index, let captures):
                let texts = (0..<captures.count).map { index in
                    String(decoding: Array(target.utf8)[captures[index]], as: UTF8.self)
                }
                return "\(index) \(texts)"
            case .methodNotAllowed(let allow): return "405 \(allow)"
            case .notFound: return "404"
            }
        }
        #expect(match(.get, "/users/me?x=1") == "0 []")
        #expect(match(.get, "/users/you") == "1 [\"you\"]")
        #expect(match(.head, "/users/you") == "1 [\"you\"]")
        #expect(match(.get, "/users/me/picture") == "3 [\"me\"]")
        #expect(match(.delete, "/users/x") == "2 [\"x\"]")
        #expect(match(.post, "/users/x") == "405 DELETE, GET, HEAD")
        #expect(match(.get, "/users/") == "404")
        #expect(match(.get, "/users") == "404")
        #expect(match(.get, "/") == "4 []")
    }

    @Test func readsParameters() {
        #expect(ParameterText.integer("5", NumberRule<Int32>(maximum: 5)) == .success(5))
        for text in ["6", "+5", "5.0", "", "99999999999"] {
            #expect((try? ParameterText.integer(text, NumberRule<Int32>(maximum: 5)).get()) == nil, "\(text)")
        }
        #expect(ParameterText.bool("true") == .success(true))
        #expect((try? ParameterText.bool("1").get()) == nil)
        #expect((try? ParameterText.number("1e3").get()) == 1_000)
        #expect((try? ParameterText.number("inf").get()) == nil)
        #expect(PercentCoding.decode("a%20b+c%C3%A9".utf8, plusIsSpace: true) == "a b cé")
        #expect(PercentCoding.decode("%zz".utf8, plusIsSpace: false) == nil)
        #expect(PercentCoding.decode("%ff".utf8, plusIsSpace: false) == nil)
    }
}
