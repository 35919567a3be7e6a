package import SpecCore

/// A request of a test.
package struct Request: Sendable {
    package var method: String
    package var path: String
    package var query: [(name: String, value: String)]
    package var fields: [String: String]
    package var body: [UInt8]?

    package init(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], fields: [String: String],
        body: [UInt8]? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
    }

    /// A request with a JSON body.
    package init(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], token: String? = nil,
        json: JSONValue? = nil
    ) {
        self.init(method, path, query: query, fields: [:], body: json.map { Array($0.text.utf8) })
        if json != nil { fields["Content-Type"] = "application/json" }
        if let token { fields["Authorization"] = "Bearer \(token)" }
    }

    /// The path and query as sent.
    var target: String {
        guard !query.isEmpty else { return path }
        let pairs = query.map { "\(Self.escape($0.name))=\(Self.escape($0.value))" }
        return path + "?" + pairs.joined(separator: "&")
    }

    private static func escape(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.properties.isAlphabetic && byte < 0x80 || scalar.properties.numericType != nil && byte < 0x80
            if isPlain || "-._~".utf8.contains(byte) { return String(scalar) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}

/// The response to a request.
package struct Reply: Sendable {
    package let status: Int
    package let fields: [(name: String, value: String)]
    package let body: [UInt8]

    package init(status: Int, fields: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The value of a header field; the name is case-insensitive.
    package func field(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The media type without parameters.
    package var contentType: String {
        String(field("Content-Type")?.split(separator: ";").first ?? "")
    }

    /// The body as JSON; null if it is not JSON.
    package var json: JSONValue { JSONValue.parse(body) ?? .null }

    /// The `code` of a problem.
    package var code: String? { json["code"].string }
}
