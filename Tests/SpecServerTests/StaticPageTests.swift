import Foundation
import SpecServer
import TestSupport
import Testing

/// The documents and `/docs`: content codings, entity tags and the entry page.
@Suite(.serialized, .timeLimit(.minutes(10))) struct StaticPageTests {
    private static let files = [
        "swagger-ui.css": String(repeating: "a { color: red; }\n", count: 50),
        "swagger-ui-bundle.js": String(repeating: "window.x = 1;\n", count: 2_000),
    ]

    /// Runs a server whose Swagger UI has these files.
    private static func run(
        _ files: [String: String] = files, _ body: @escaping @Sendable (PageClient) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)")) }
        var pages = DocumentPages(
            openAPI: "{\"openapi\":\"3.1.0\"}", openAPIYAML: "openapi: \"3.1.0\"\n", swaggerFolder: folder.path,
            missingAdvice: "fetch them.")
        pages.links = [DocumentPages.Link("health", "/health")]
        try await EchoServer.run(pages: pages) { port in try await body(PageClient(port: port)) }
    }

    private static let paths = [
        "/openapi.json", "/openapi.yaml", "/docs", "/docs/", "/docs/start.js", "/docs/page.css", "/docs/swagger-ui.css",
        "/docs/swagger-ui-bundle.js",
    ]

    @Test func everyPageIsTheSameInGzip() async throws {
        try await Self.run { client in
            for path in Self.paths {
                let plain = try await client.get(path)
                let small = try await client.get(path, ["Accept-Encoding": "gzip"])
                #expect(plain.status == 200)
                #expect(plain.field("Content-Encoding") == nil)
                #expect(small.field("Content-Encoding") == "gzip")
                #expect(gunzip(small.body) == plain.body)
                #expect(small.field("Content-Length") == "\(small.body.count)")
                #expect(small.field("Content-Type") == plain.field("Content-Type"))
                #expect([plain, small].map { $0.field("Vary") } == ["Accept-Encoding", "Accept-Encoding"])
            }
            let bundle = try await client.get("/docs/swagger-ui-bundle.js", ["Accept-Encoding": "gzip"])
            #expect(bundle.body.count < Self.files["swagger-ui-bundle.js", default: ""].utf8.count / 20)
        }
    }

    @Test(arguments: [
        ("gzip", "gzip"), ("x-gzip", "gzip"), ("GZip", "gzip"), ("br, gzip;q=0.001", "gzip"), ("*", "gzip"),
        ("identity;q=0.5, gzip", "gzip"), ("identity;q=0, *", "gzip"), ("gzip;q=2", "gzip"), ("deflate, br", nil),
        ("", nil), ("gzip;q=0", nil), ("gzip; q=0.000", nil), ("*;q=1, gzip;q=0", nil),
        ("identity, gzip;q=0.9", nil), ("identity;q=0.1, gzip;q=0, *;q=0", nil),
    ])
    func choosesTheCodingThatTheClientPrefers(accepted: String, coding: String?) async throws {
        try await Self.run { client in
            let reply = try await client.get("/openapi.json", ["Accept-Encoding": accepted])
            #expect(reply.status == 200)
            #expect(reply.field("Content-Encoding") == coding)
        }
    }

    @Test(arguments: ["identity;q=0", "*;q=0", "gzip;q=0, identity;q=0", "br, *;q=0"])
    func refusesAClientThatTakesNeitherCoding(accepted: String) async throws {
        try await Self.run { client in
            let reply = try await client.get("/openapi.json", ["Accept-Encoding": accepted])
            #expect(reply.status == 406)
            #expect(reply.code == "not-acceptable")
        }
    }

    @Test func aTagIsOfOneCoding() async throws {
        try await Self.run { client in
            for path in Self.paths {
                let replies = [try await client.get(path), try await client.get(path, ["Accept-Encoding": "gzip"])]
                let tags = replies.compactMap { $0.field("ETag") }
                #expect(Set(tags).count == 2)
                for (index, coding) in ["identity", "gzip"].enumerated() {
                    let own = ["Accept-Encoding": coding, "If-None-Match": "\"x\", W/\(tags[index])"]
                    let same = try await client.get(path, own)
                    #expect(same.status == 304)
                    #expect(same.body == [])
                    for field in ["ETag", "Vary", "Cache-Control", "Content-Security-Policy"] {
                        #expect(same.field(field) == replies[index].field(field), "\(path) \(field)")
                    }
                    let other = ["Accept-Encoding": coding, "If-None-Match": tags[1 - index]]
                    #expect(try await client.get(path, other).status == 200)
                }
            }
        }
    }

    @Test func changesNothingForAClientThatNamesAnotherVersion() async throws {
        try await Self.run { client in
            let tag = try #require(try await client.get("/docs").field("ETag"))
            #expect(try await client.get("/docs", ["If-Match": tag]).status == 200)
            #expect(try await client.get("/docs", ["If-Match": "\"x\""]).code == "precondition-failed")
        }
    }

    @Test func headHasTheFieldsOfTheCoding() async throws {
        try await Self.run { client in
            let fields = ["Accept-Encoding": "gzip"]
            let whole = try await client.get("/openapi.json", fields)
            let head = try await client.send(Request("HEAD", "/openapi.json", fields: fields))
            #expect(head.body == [])
            for field in ["Content-Length", "Content-Encoding", "ETag"] {
                #expect(head.field(field) == whole.field(field))
            }
        }
    }

    // MARK: The entry page

    @Test(arguments: [
        nil, "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html, application/json",
        "application/json;q=0, */*", "application/json;q=0.5, text/html", "application/hal+json",
    ])
    func leadsBrowsersToTheDocs(accept: String?) async throws {
        try await Self.run { client in
            let reply = try await client.get("/", accept.map { ["Accept": $0] } ?? [:])
            #expect(reply.status == 302)
            #expect(reply.field("Location") == "/docs")
            #expect(reply.field("Vary") == "Accept")
            #expect(reply.body == [])
        }
    }

    @Test(arguments: ["application/json", "application/json, text/plain, */*", "text/html;q=0.5, application/*"])
    func givesItsLinksToProgramsAsALineOfJSON(accept: String) async throws {
        try await Self.run { client in
            let reply = try await client.get("/", ["Accept": accept])
            #expect(reply.status == 200)
            #expect(reply.contentType == "application/json")
            #expect(reply.field("Vary") == "Accept")
            let links = #"{"docs":"/docs","openapi":"/openapi.json","openapiYaml":"/openapi.yaml","health":"/health"}"#
            #expect(String(decoding: reply.body, as: UTF8.self) == links + "\n")
        }
    }

    @Test func theEntryPageIsReadOnly() async throws {
        try await Self.run { client in
            let reply = try await client.send(Request("POST", "/"))
            #expect(reply.status == 405)
            #expect(reply.field("Allow") == "GET, HEAD")
        }
    }

    // MARK: Missing files

    @Test(arguments: [[:], ["swagger-ui.css": "a"], ["swagger-ui-bundle.js": "a"]])
    func theDocsSayHowToGetTheFilesThatAreMissing(files: [String: String]) async throws {
        try await Self.run(files) { client in
            let reply = try await client.get("/docs")
            #expect(reply.status == 200)
            #expect(String(decoding: reply.body, as: UTF8.self).contains("files are missing: fetch them.</p>"))
            #expect(try await client.get("/docs/swagger-ui.css").status == 404)
        }
    }
}

/// Sends requests to a server with pages.
struct PageClient: Sendable {
    let port: Int

    func get(_ path: String, _ fields: [String: String] = [:]) async throws -> Reply {
        try await send(Request("GET", path, fields: fields))
    }

    func send(_ request: Request) async throws -> Reply {
        try await HTTPConnection.open(port: port) { exchange in try await exchange.send(request) }
    }
}
