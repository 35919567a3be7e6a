/// The path of a server's URL, with the defaults of its variables.
struct ServerPath {
    /// The path without its last slash, such as `/api/v1`; empty for the root of the host.
    let text: String

    init(_ server: Node?) {
        var url = server?["url"]?.string ?? ""
        for variable in server?["variables"]?.members ?? [] {
            url = url.replacing("{\(variable.key)}", with: variable.value["default"]?.string ?? "")
        }
        url = String(url.prefix { $0 != "?" && $0 != "#" })
        if let scheme = url.firstRange(of: "://") {
            url = String(url[scheme.upperBound...].drop { $0 != "/" })
        } else if url.hasPrefix("//") {
            url = String(url.dropFirst(2).drop { $0 != "/" })
        }
        let segments = url.split(separator: "/").filter { $0 != "." }
        text = segments.map { "/" + $0 }.joined()
    }
}
