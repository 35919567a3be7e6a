import NIOCore
import SpecCore

/// The root path: leads browsers to `/docs`, and gives programs the paths as JSON.
struct EntryPage: Sendable {
    private let links: ByteBuffer

    init(_ links: [DocumentPages.Link]) {
        var json = JSONWriter()
        json.beginObject()
        for link in links {
            json.key(text: link.name)
            json.text(link.path)
        }
        json.endObject()
        json.lineBreak()
        self.links = json.finish()
    }

    func response(to request: HeaderFields) -> Page {
        let fields = HeaderFields([HeaderField("Cache-Control", "no-cache"), HeaderField("Vary", "Accept")])
        guard Self.prefersJSON(request) else {
            return Page(response: OperationResponse(302, fields: fields.adding("Location", "/docs")))
        }
        return Page(
            response: OperationResponse(200, contentType: "application/json", fields: fields, body: .bytes(links)))
    }

    /// True if JSON has a higher weight than HTML, or the same and a more specific range: `application/json, */*`.
    private static func prefersJSON(_ request: HeaderFields) -> Bool {
        let ranges = MediaRange.list(request.values(of: "accept"))
        func rank(_ type: String) -> (weight: Double, specificity: Int) {
            let best = ranges.filter { $0.contains(type) }.max { $0.specificity < $1.specificity }
            return best.map { ($0.weight, $0.specificity) } ?? (0, 0)
        }
        return rank("application/json") > rank("text/html")
    }
}
