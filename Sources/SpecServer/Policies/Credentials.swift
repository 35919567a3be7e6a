import SpecCore

/// Extracts credentials from the place that the security scheme names.
enum Credentials {
    static func value(_ carrier: SecurityScheme.Carrier, in head: RequestHead) -> String? {
        switch carrier {
        case .bearer: return authorization("bearer", head)
        case .basic:
            return authorization("basic", head).flatMap { Base64.decode($0) }.flatMap {
                String(validating: $0, as: UTF8.self)
            }
        case .header(let name):
            let values = head.fields.list.filter { $0.name.lowercased() == name }
            return values.count == 1 ? values[0].value : nil
        case .query(let name): return query(name, head)
        case .cookie(let name): return cookie(name, head)
        }
    }

    /// The credentials of an `Authorization` field; two such fields are ambiguous and count as none.
    private static func authorization(_ scheme: String, _ head: RequestHead) -> String? {
        let values = head.fields.values(of: "authorization")
        guard values.count == 1 else { return nil }
        let parts = values[0].split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme else { return nil }
        return String(parts[1].drop { $0 == " " })
    }

    private static func query(_ name: String, _ head: RequestHead) -> String? {
        guard let mark = head.target.firstIndex(of: "?") else { return nil }
        for pair in head.target[head.target.index(after: mark)...].split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == name { return PercentCoding.decode(parts[1].utf8, plusIsSpace: true) }
        }
        return nil
    }

    private static func cookie(_ name: String, _ head: RequestHead) -> String? {
        Cookies(head.fields).first { $0.name == name }?.value
    }
}
