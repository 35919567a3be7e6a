import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests of the names of uploaded files.
@Suite(.timeLimit(.minutes(10))) struct FileNameTests {
    @Test(arguments: [
        ("moon.png", "moon.png"),
        ("Bericht \u{FC}ber M\u{E4}rz.pdf", "Bericht \u{FC}ber M\u{E4}rz.pdf"),
        ("\u{1F468}\u{200D}\u{1F467}.jpg", "\u{1F468}\u{200D}\u{1F467}.jpg"),
        (".profile", ".profile"),
        // Folders, of any system.
        ("../../etc/passwd", "passwd"), ("C:\\fakepath\\moon.png", "moon.png"), ("a/b\\c", "c"), ("moon/", "moon"),
        // Controls, line breaks, and marks that would show `exe.gnp` as `png.exe`.
        ("a\u{0}\u{1B}\u{7F}\u{85}b", "ab"), ("a\u{2028}\u{2029}b", "ab"), ("moon\u{202E}gnp.exe", "moongnp.exe"),
        ("\u{FEFF}a\u{200B}\u{200F}\u{2066}b", "ab"), (" \u{A0} moon.png \t", "moon.png"),
    ])
    func keepsWhatCanBeSeen(given: String, name: String) {
        #expect(FileName(given)?.text == name)
    }

    @Test(arguments: [
        nil, "", " ", ".", "..", "/", "\\", "a/..", "\u{202E}", "\u{1}\u{2}", "\u{200D}", "\u{3164}\u{2800} ",
    ])
    func hasNoNameWithoutAnythingVisible(given: String?) {
        #expect(FileName(given) == nil)
    }

    @Test func cutsTheNameAndKeepsItsEnding() {
        let exact = String(repeating: "\u{E9}", count: 251) + ".png"
        #expect(FileName(exact)?.text == exact)
        #expect(FileName("\u{E9}" + exact)?.text == exact)
        let long = String(repeating: "a", count: 300)
        #expect(FileName(long)?.text == String(repeating: "a", count: 255))
        #expect(FileName("b." + long)?.text == "b." + String(repeating: "a", count: 253))
    }

    @Test(arguments: [
        ("moon.png", #"filename="moon.png"; filename*=UTF-8''moon.png"#),
        ("a \u{FC}\u{20AC}.txt", #"filename="a __.txt"; filename*=UTF-8''a%20%C3%BC%E2%82%AC.txt"#),
        (
            #"50% "off" it's (a) *.txt"#,
            #"filename="50_ _off_ it's (a) *.txt"; filename*=UTF-8''50%25%20%22off%22%20it%27s%20%28a%29%20%2A.txt"#
        ),
        ("x;y=z,\u{1F600}", #"filename="x;y=z,_"; filename*=UTF-8''x%3By%3Dz%2C%F0%9F%98%80"#),
    ])
    func writesBothParametersOfADisposition(name: String, parameters: String) {
        #expect(FileName(stored: name).parameters == parameters)
    }

    @Test func goesWithTheFileToWhoeverReceivesIt() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let form = Form().with("file", Array("Hello".utf8), fileName: "../M\u{E4}rz.txt")
            let uploaded = try await server.send(form.request("POST", "/media", token: ada.token))
            #expect(uploaded.json["name"] == "M\u{E4}rz.txt")
            let media = uploaded.json["id"]
            let sent = try await server.post(
                "/messages",
                [
                    "recipientId": .string(bob.id), "clientMessageId": .string(Identifier.make().description),
                    "mediaIds": [media],
                ], token: ada.token)
            #expect(sent.json["media"][0]["name"] == "M\u{E4}rz.txt")
            let list = try await server.list(bob, with: ada)
            #expect(list.json["items"][0]["media"][0]["name"] == "M\u{E4}rz.txt")
            let file = try await server.get("/media/\(media.string ?? "")", token: bob.token)
            let names = #"filename="M_rz.txt"; filename*=UTF-8''M%C3%A4rz.txt"#
            #expect(file.field("Content-Disposition") == "attachment; \(names)")
        }
    }

    @Test func leavesAFileWithoutANameNameless() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let ada = try await server.account("Ada")
            let form = Form().with("file", Array("Hello".utf8))
            let uploaded = try await server.send(form.request("POST", "/media", token: ada.token))
            #expect(uploaded.status == 201)
            #expect(uploaded.json["name"] == .null)
            let file = try await server.get("/media/\(uploaded.json["id"].string ?? "")", token: ada.token)
            #expect(file.field("Content-Disposition") == "attachment")
        }
    }
}
