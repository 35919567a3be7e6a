// Generated from the spec. Edit the spec instead.

import SpecCore

/// From openapi.yaml#/components/schemas/File.
struct File: Sendable, Equatable {
    var name: String
    var url: String
    var preview: String?
    var others: [String]?

    init(name: String, url: String, preview: String?, others: [String]? = nil) {
        self.name = name
        self.url = url
        self.preview = preview
        self.others = others
    }
}

extension File: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("name")
        json.text(self.name)
        json.key("url")
        json.signedURL(self.url)
        json.key("preview")
        if let present = self.preview {
            json.signedURL(present)
        } else {
            json.null()
        }
        if let present = self.others {
            json.key("others")
            json.beginArray()
            for item in present {
                json.element()
                json.signedURL(item)
            }
            json.endArray()
        }
        json.endObject()
    }
}

/// From openapi.yaml#/paths/~1files/get/responses/202/content/application~1json/schema.
struct ListFilesAccepted: Sendable, Equatable {
    var seconds: Int64?

    init(seconds: Int64? = nil) {
        self.seconds = seconds
    }
}

extension ListFilesAccepted: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        if let present = self.seconds {
            json.key("seconds")
            json.integer(present)
        }
        json.endObject()
    }
}

/// From openapi.yaml#/paths/~1login/post/responses/200/content/application~1json/schema.
struct LoginOk: Sendable, Equatable {
    var token: String
    var latest: File

    init(token: String, latest: File) {
        self.token = token
        self.latest = latest
    }
}

extension LoginOk: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("token")
        json.text(self.token)
        json.key("latest")
        self.latest.write(to: &json)
        json.endObject()
    }
}
