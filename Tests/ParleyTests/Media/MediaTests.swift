import Foundation
import SpecCore
import TestSupport
import Testing

/// Tests of uploading and downloading files, over HTTP.
@Suite(.timeLimit(.minutes(10))) struct MediaTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(0...255)

    @Test func keepsAFileByteForByte() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let media = try await server.upload(Self.png, by: ada)
            #expect(media.status == 201)
            #expect(media.json["contentType"] == "image/png")
            #expect(media.json["size"] == .integer(Int64(Self.png.count)))
            #expect(media.json["sha256"].string?.count == 64)
            let path = "/media/\(media.json["id"].string ?? "")"
            let reply = try await server.send(Request("GET", path, token: ada.token))
            #expect(reply.status == 200)
            #expect(reply.body == Self.png)
            #expect(reply.field("Content-Type") == "image/png")
            #expect(reply.field("Content-Length") == "\(Self.png.count)")
            #expect(reply.field("Content-Disposition") == "inline; filename=\"a.bin\"; filename*=UTF-8''a.bin")
            #expect(reply.field("Cache-Control") == "private, no-cache")
            #expect(reply.field("X-Content-Type-Options") == "nosniff")
            #expect(reply.field("Accept-Ranges") == "bytes")
        }
    }

    @Test func servesWhatIsUnknownAsAnAttachment() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let page = Array("<!doctype html><script>alert(1)</script>".utf8)
            let media = try await server.upload(page, by: ada)
            #expect(media.json["contentType"] == "application/octet-stream")
            let reply = try await server.send(Request("GET", media.path, token: ada.token))
            #expect(reply.field("Content-Type") == "application/octet-stream")
            #expect(reply.field("Content-Disposition") == "attachment; filename=\"a.bin\"; filename*=UTF-8''a.bin")
            let empty = try await server.upload([], by: ada)
            #expect(empty.json["size"] == 0)
            #expect(try await server.send(Request("GET", empty.path, token: ada.token)).body == [])
            var end = Request("GET", empty.path, token: ada.token)
            end.fields["Range"] = "bytes=-5"
            let nothing = try await server.send(end)
            #expect(nothing.status == 200)
            #expect(nothing.body == [])
            #expect(nothing.field("Content-Range") == nil)
        }
    }

    @Test func givesPartsOfAFile() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let media = try await server.upload(Self.png, by: ada)
            func get(_ fields: [String: String]) async throws -> Reply {
                var request = Request("GET", media.path, token: ada.token)
                request.fields.merge(fields) { $1 }
                return try await server.send(request)
            }
            let whole = try await get([:])
            let tag = whole.field("ETag") ?? ""
            let size = Self.png.count
            let first = try await get(["Range": "bytes=0-7"])
            #expect(first.status == 206)
            #expect(first.body == Array(Self.png[..<8]))
            #expect(first.field("Content-Range") == "bytes 0-7/\(size)")
            #expect(try await get(["Range": "bytes=8-"]).body == Array(Self.png[8...]))
            #expect(try await get(["Range": "bytes= 0-7\t,"]).body == first.body, "white space around the range")
            #expect(try await get(["Range": "bytes=0 -7"]).status == 200, "and inside of it")
            #expect(try await get(["If-Match": "W/\(tag)"]).status == 412)
            #expect(try await get(["Range": "bytes=-4"]).body == Array(Self.png.suffix(4)))
            #expect(try await get(["Range": "bytes=0-1", "If-Range": tag]).status == 206)
            #expect(try await get(["Range": "bytes=0-1", "If-Range": "\"other\""]).status == 200)
            for ignored in ["bytes=0-1,3-4", "lines=0-1", "bytes=5-2", "bytes=a-b", "bytes", "bytes=-"] {
                #expect(try await get(["Range": ignored]).status == 200, "\(ignored)")
            }
            var head = Request("HEAD", media.path, token: ada.token)
            head.fields["Range"] = "bytes=0-1"
            #expect(try await server.send(head).status == 200, "ranges are of GET only")
            #expect(try await get(["If-Match": tag]).status == 200)
            #expect(try await get(["If-Match": "*", "Range": "bytes=0-1"]).status == 206)
            let other = try await get(["If-Match": "\"other\"", "If-None-Match": tag, "Range": "bytes=0-1"])
            #expect(other.status == 412)
            #expect(other.code == "precondition-failed")
            let behind = try await get(["Range": "bytes=\(size)-"])
            #expect(behind.status == 416)
            #expect(behind.code == "range-not-satisfiable")
            #expect(behind.field("Content-Range") == "bytes */\(size)")
            let known = try await get(["If-None-Match": "\"x\", W/\(tag)"])
            #expect(known.status == 304)
            #expect(known.field("ETag") == tag)
            #expect(known.body == [])
            #expect(try await get(["If-None-Match": "\"x\""]).status == 200)
        }
    }

    @Test func takesAReferenceForOneObjectOnly() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let first = try await server.upload(Self.png, by: ada)
            let second = try await server.upload(Self.png, by: ada)
            let parts = (first.json["url"].string ?? "").split(separator: "?signature=").map(String.init)
            try #require(parts.count == 2)
            func get(_ path: String, _ signature: String) async throws -> Reply {
                try await server.send(Request("GET", path, query: [(name: "signature", value: signature)]))
            }
            #expect(try await get(parts[0], parts[1]).body == Self.png)
            let other = try await get(second.path, parts[1])
            #expect(other.status == 401)
            #expect(other.field("WWW-Authenticate")?.hasPrefix("Bearer") == true)
            #expect(try await get(parts[0], String(parts[1].reversed())).code == "unauthenticated")
            #expect(try await get(parts[0], "").status == 401)
            #expect(try await server.send(Request("GET", parts[0])).status == 401)
            #expect(try await get("/users/me", parts[1]).status != 200)
        }
    }

    @Test func refusesASecondReference() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let ada = try await server.account("Ada")
            let media = try await server.upload(Self.png, by: ada)
            let url = (media.json["url"].string ?? "").split(separator: "?signature=").map(String.init)
            try #require(url.count == 2)
            for (second, token) in [(url[1], nil), ("x", nil), ("x", ada.token)] {
                let twice = [(name: "signature", value: url[1]), (name: "signature", value: second)]
                let request = Request("GET", url[0], query: twice, token: token)
                let reply = try await Client.send(request, port: server.port)
                #expect(reply.status == 400)
                #expect(reply.json["errors"][0]["parameter"] == "signature")
                #expect(reply.json["errors"][0]["code"] == "repeated")
            }
        }
    }

    @Test func hidesAFileFromOtherUsers() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let eve = try await server.account("Eve")
            let media = try await server.upload(Self.png, by: ada)
            let stolen = try await server.send(Request("GET", media.path, token: eve.token))
            #expect(stolen.status == 404)
            #expect(stolen.code == "not-found")
            let unknown = try await server.send(Request("GET", "/media/\(Identifier.make())", token: eve.token))
            #expect(unknown.status == 404)
        }
    }

    @Test func showsAFileToTheRecipientOfItsMessage() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let bob = try await server.account("Bob")
            let media = try await server.upload(Self.png, by: ada)
            let body: JSONValue = [
                "recipientId": .string(bob.id), "clientMessageId": .string(Identifier.make().description),
                "mediaIds": [media.json["id"]],
            ]
            let sent = try await server.send(Request("POST", "/messages", token: ada.token, json: body))
            #expect(sent.status == 201)
            let message = sent.json["id"].string ?? ""
            let received = try await server.read(message, by: bob)
            let url = (received.json["media"][0]["url"].string ?? "").split(separator: "?signature=").map(String.init)
            try #require(url.count == 2)
            #expect(url[0] == media.path)
            let signed = Request("GET", url[0], query: [(name: "signature", value: url[1])])
            #expect(try await server.send(signed).body == Self.png)
            let bobs = signed
            let adas = media.reference("url")
            #expect(try await server.send(Request("GET", media.path, token: bob.token)).body == Self.png)
            #expect(try await server.delete(message, by: ada).status == 204)
            #expect(try await server.send(Request("GET", media.path, token: bob.token)).status == 404)
            // No other message has the file, so it is removed.
            #expect(try await server.send(Request("GET", media.path, token: ada.token)).status == 404)
            // The signed URLs show no more than the tokens of their viewers do.
            #expect(try await server.send(bobs).code == "not-found")
            #expect(try await server.send(adas).code == "not-found")
            let leave = try await server.post(
                "/users/me/deletion", ["password": "correct horse battery"], token: ada.token)
            #expect(leave.status == 204)
            #expect(try await server.send(adas).status == 404)
        }
    }

    @Test func refusesFormsThatAreNotThoseOfTheSpec() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            func post(_ form: Form) async throws -> Reply {
                try await Client.send(form.request("POST", "/media", token: ada.token), port: server.port)
            }
            func errors(_ reply: Reply) -> [String] {
                reply.json["errors"].items.map { "\($0["pointer"].string ?? "") \($0["code"].string ?? "")" }
            }
            #expect(errors(try await post(Form())) == ["/file required"])
            let unknown = try await post(Form().with("fi/le", [1]))
            #expect(unknown.status == 400)
            #expect(errors(unknown) == ["/fi~1le unknown-member", "/file required"])
            #expect(errors(try await post(Form().with("file", [1]).with("file", [2]))) == ["/file part-order"])
            var early = Form().with("file", [1, 2, 3]).request("POST", "/media", token: ada.token)
            early.body?.removeLast(8)
            let ended = try await Client.send(early, port: server.port)
            #expect(ended.status == 400)
            #expect(ended.code == "malformed")
            var plain = Form().with("file", [1]).request("POST", "/media", token: ada.token)
            plain.fields["Content-Type"] = "multipart/form-data"
            #expect(try await Client.send(plain, port: server.port).code == "malformed")
            plain.fields["Content-Type"] = "application/json"
            #expect(try await Client.send(plain, port: server.port).status == 415)
            #expect(server.leftDrafts == [])
        }
    }

    @Test func refusesAFileThatIsTooLong() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let limit = 25 * 1_024 * 1_024
            let whole = try await server.upload([UInt8](repeating: 7, count: limit), by: ada)
            #expect(whole.status == 201)
            #expect(whole.json["size"] == .integer(Int64(limit)))
            let longer = try await server.upload([UInt8](repeating: 7, count: limit + 1), by: ada)
            #expect(longer.status == 413)
            #expect(longer.code == "content-too-large")
            let declared =
                "POST /media HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(ada.token)\r\nContent-Length: "
                + "1073741824\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
            let refused = try await RawConnection.exchange(port: server.port, sending: Array(declared.utf8))
            #expect(refused.hasPrefix("HTTP/1.1 413 "))
            #expect(server.leftDrafts == [])
        }
    }

    @Test func leavesNoUploadWhenTheClientGoesAway() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            let head =
                "POST /media HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(ada.token)\r\nContent-Length: "
                + "1000000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: "
                + "form-data; name=file\r\n\r\n" + String(repeating: "x", count: 200_000)
            try await RawConnection.abandon(port: server.port, sending: Array(head.utf8))
            // The request log is not available here: poll the folder until the server has noticed.
            for _ in 0..<200 where server.leftDrafts != [] { try await Task.sleep(for: .milliseconds(10)) }
            #expect(server.leftDrafts == [])
        }
    }

    @Test func removesAtTheStartWhatAKilledServerLeft() async throws {
        let folder = try TemporaryFolder()
        let drafts = folder.path + "/media/drafts"
        try FileManager.default.createDirectory(atPath: drafts, withIntermediateDirectories: true)
        try Data("half a file".utf8).write(to: URL(fileURLWithPath: drafts + "/left"))
        try await TestServer.run(in: folder) { server in
            #expect(server.leftDrafts == [])
            let ada = try await server.account("Ada")
            #expect(try await server.upload(Self.png, by: ada).status == 201)
        }
    }

    @Test func refusesMoreThanAUserMayKeep() async throws {
        try await TestServer.run(mediaBytesPerUserMax: 1_000) { server in
            let ada = try await server.account("Ada")
            #expect(try await server.upload([UInt8](repeating: 1, count: 900), by: ada).status == 201)
            let full = try await server.upload([UInt8](repeating: 1, count: 101), by: ada)
            #expect(full.status == 422)
            #expect(full.code == "media-quota-exceeded")
            #expect(try await server.upload([UInt8](repeating: 1, count: 100), by: ada).status == 201)
            #expect(server.leftDrafts == [])
            #expect(server.objects.count == 2)
        }
    }

    @Test func repeatsAnAnswerWithAReferenceThatWorks() async throws {
        let clock = TestClock()
        try await TestServer.run(clock: clock) { server in
            let ada = try await server.account("Ada")
            var upload = Form().with("file", Self.png).request("POST", "/media", token: ada.token)
            upload.fields["Idempotency-Key"] = "the-key"
            let first = try await server.send(upload)
            clock.advance(seconds: 601)
            #expect(try await server.send(first.reference("url")).code == "token-expired")
            let again = try await server.send(upload)
            #expect(again.field("Idempotency-Replayed") == "true")
            #expect(again.json.with("url", nil) == first.json.with("url", nil))
            #expect(try await server.send(again.reference("url")).body == Self.png)
        }
    }

    @Test func uploadsOnceUnderOneIdempotencyKey() async throws {
        try await TestServer.run { server in
            let ada = try await server.account("Ada")
            func upload(_ bytes: [UInt8], boundary: String) async throws -> Reply {
                var request = Form(boundary: boundary).with("file", bytes).request("POST", "/media", token: ada.token)
                request.fields["Idempotency-Key"] = "the-key"
                return try await server.send(request)
            }
            let first = try await upload(Self.png, boundary: "one")
            let again = try await upload(Self.png, boundary: "two")
            #expect(again.status == 201)
            #expect(again.json.with("url", nil) == first.json.with("url", nil))
            #expect(again.field("Idempotency-Replayed") == "true")
            #expect(server.objects.count == 1)
            let other = try await upload(Self.png + [0], boundary: "one")
            #expect(other.status == 422)
            #expect(other.code == "idempotency-mismatch")
            // A file that was removed is not told of as if it were there.
            let path = "/media/\(first.json["id"].string ?? "")"
            #expect(try await server.send(Request("DELETE", path, token: ada.token)).status == 204)
            let late = try await upload(Self.png, boundary: "one")
            #expect(late.status == 404)
            #expect(late.code == "not-found")
        }
    }
}

extension TestServer {
    func upload(_ bytes: [UInt8], by account: Account) async throws -> Reply {
        try await send(Form().with("file", bytes, fileName: "a.bin").request("POST", "/media", token: account.token))
    }

    /// Unfinished files in the media folder.
    var leftDrafts: [String] { folder.files(below: "media/drafts") }

    /// Finished objects in the media folder.
    var objects: [String] { folder.files(below: "media").filter { !$0.hasPrefix("drafts/") } }
}

extension Reply {
    /// The request for a signed URL of the response, without a token.
    func reference(_ member: String) -> Request {
        let parts = (json[member].string ?? "").split(separator: "?signature=").map(String.init)
        return Request("GET", parts.first ?? "", query: [(name: "signature", value: parts.last ?? "")])
    }

    /// The path of an uploaded file, for requests with an access token.
    var path: String { "/media/\(json["id"].string ?? "")" }
}
