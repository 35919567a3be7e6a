import SpecCore
import Testing

/// JSON, routes and parameters.
@Suite struct ValueTests {
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
    }
}
