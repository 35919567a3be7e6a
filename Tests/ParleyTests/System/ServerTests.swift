import SpecCore
import TestSupport
import Testing

/// Tests of behaviour common to all requests: problems, header fields, pages.
@Suite(.timeLimit(.minutes(10))) struct ServerTests {
    @Test func answersHealthAndReady() async throws {
        try await TestServer.run { server in
            for path in ["/health", "/ready"] {
                let reply = try await server.send(Request("GET", path))
                #expect(reply.status == 200)
                #expect(reply.json == ["status": "ok"])
            }
        }
    }

    @Test func putsItsFieldsOnEveryAnswer() async throws {
        try await TestServer.run { server in
            for path in ["/health", "/nowhere", "/openapi.json", "/docs"] {
                let reply = try await server.send(Request("GET", path, fields: ["X-Request-Id": "abc-1"]))
                #expect(reply.field("X-Request-Id") == "abc-1")
                #expect(reply.field("X-Content-Type-Options") == "nosniff")
                #expect(reply.field("Referrer-Policy") == "no-referrer")
                #expect(reply.field("Content-Security-Policy")?.contains("default-src 'none'") == true)
                #expect(reply.field("Content-Security-Policy")?.contains("base-uri 'none'") == true)
            }
            let replaced = try await server.send(Request("GET", "/health", fields: ["X-Request-Id": "a b"]))
            #expect(Identifier(replaced.field("X-Request-Id") ?? "") != nil)
            let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let traced = try await server.send(Request("GET", "/health", fields: ["traceparent": parent]))
            #expect(traced.field("traceparent") == parent)
        }
    }

    @Test func writesAWholeProblem() async throws {
        try await TestServer.run { server in
            let reply = try await server.send(Request("GET", "/nowhere", fields: ["X-Request-Id": "r1"]))
            #expect(reply.status == 404)
            #expect(reply.contentType == "application/problem+json")
            #expect(
                reply.json == [
                    "type": "about:blank", "title": "Not Found", "status": 404,
                    "detail": "There is nothing at this path.", "instance": "/nowhere", "code": "not-found",
                    "requestId": "r1",
                ])
        }
    }

    @Test func namesTheMethodsOfAPath() async throws {
        try await TestServer.run { server in
            let reply = try await server.send(Request("DELETE", "/users/me"))
            #expect(reply.status == 405)
            #expect(reply.field("Allow") == "GET, HEAD, PUT")
            #expect(try await server.send(Request("PROPFIND", "/health")).status == 405)
            let unknown = try await RawConnection.exchange(
                port: server.port, sending: Array("FOO /messages HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
            )
            #expect(unknown.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n"))
            #expect(unknown.contains("\r\nAllow: GET, HEAD, POST\r\n"))
        }
    }

    @Test(arguments: [
        ("{\"email\":", "/email", "byte 9: unexpected end of the text"),
        ("{\"email\":x}", "/email", "byte 9: expected a value"),
        ("{\"email\":\"a\",\"email\":\"b\"}", "/email", "byte 14: duplicate member \"email\""),
        ("{\"a/b\":[1,{\"\\u0063\":tru}]}", "/a~1b/1/c", "byte 20: expected true"),
        ("{\"a\":1,}", "", "byte 7: expected a member's name in quotes"),
        ("[[1],[2,\"\\ud800\"]]", "/1/1", "byte 10: unpaired surrogate"),
    ])
    func pointsAtWhatIsNoJSON(text: String, pointer: String, words: String) async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let reply = try await server.send(
                Request(
                    "POST", "/auth/login", fields: ["Content-Type": "application/json"], body: Array(text.utf8)))
            #expect(reply.status == 400)
            #expect(reply.code == "malformed")
            #expect(reply.json["errors"][0]["pointer"].string == pointer)
            #expect(reply.json["detail"].string == "The body is not valid JSON: \(words).")
        }
    }

    @Test(arguments: [
        ("/messages?wi%zzth=1", "wi%zzth"), ("/messages?with=%ff", "with"), ("/messages?a%20b=%f", "a b"),
        ("/messages?with=a&with=b", "with"),
        ("/messages?" + String(repeating: "x", count: 100), String(repeating: "x", count: 79) + "…"),
    ])
    func namesTheParameterThatIsWrong(target: String, name: String) async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let ada = try await server.account("Ada")
            let request =
                "GET \(target) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(ada.token)\r\nConnection: close\r\n\r\n"
            let answer = try await RawConnection.exchange(port: server.port, sending: Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(answer.contains("{\"parameter\":\"\(name)\",\"code\""))
        }
    }

    @Test func negotiatesMediaTypes() async throws {
        try await TestServer.run { server in
            let accept = try await server.send(Request("GET", "/health", fields: ["Accept": "text/html"]))
            #expect(accept.status == 406)
            let body = Array("{}".utf8)
            let type = try await server.send(
                Request("POST", "/auth/login", fields: ["Content-Type": "text/plain"], body: body))
            #expect(type.status == 415)
            let charset = try await server.send(
                Request("POST", "/auth/login", fields: ["Content-Type": "application/json; charset=latin1"], body: body)
            )
            #expect(charset.status == 415)
        }
    }

    @Test(arguments: [
        "{", "{\"a\":1}x", "{\"email\":\"\u{FEFF}", "\u{FEFF}{}", "{\"email\":1,\"email\":2}", "[1,]", "",
        "{\"a\":\"\\ud800\"}",
    ])
    func refusesWhatIsNoJSON(text: String) async throws {
        try await TestServer.run { server in
            let reply = try await server.send(
                Request(
                    "POST", "/auth/login", fields: ["Content-Type": "application/json"], body: Array(text.utf8)))
            #expect(reply.status == 400)
            #expect(!reply.json["errors"].items.isEmpty)
        }
    }

    @Test func servesItsDocuments() async throws {
        try await TestServer.run { server in
            let yaml = try await server.send(Request("GET", "/openapi.yaml"))
            #expect(yaml.contentType == "application/yaml")
            #expect(String(decoding: yaml.body, as: UTF8.self).hasPrefix("openapi: \"3.1.0\"\n"))
            #expect(server.spec.operations.count == 45)
            let docs = try await server.send(Request("GET", "/docs"))
            #expect(docs.field("Content-Type") == "text/html; charset=utf-8")
            let head = try await server.send(Request("HEAD", "/docs"))
            #expect(head.body == [])
            #expect(head.field("Content-Length") == docs.field("Content-Length"))
            #expect(try await server.send(Request("POST", "/docs")).field("Allow") == "GET, HEAD")
        }
    }

    @Test func hasIDsSummariesTagsAndExamplesOnEveryOperation() async throws {
        try await TestServer.run { server in
            for (method, path, operation) in server.spec.operations {
                let name = "\(method) \(path)"
                #expect(operation["operationId"].string != nil, "\(name)")
                #expect(operation["summary"].string != nil, "\(name)")
                #expect(operation["tags"].items.count == 1, "\(name)")
                #expect(operation.text.contains("\"example\""), "\(name)")
            }
        }
    }
}
