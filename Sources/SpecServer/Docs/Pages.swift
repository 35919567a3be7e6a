import SpecCore

/// The response to a request that matches no operation.
struct Page: Sendable {
    var response: OperationResponse
    /// True for a page with its own Content-Security-Policy.
    var hasOwnPolicy = false
}

/// The pages beside the API: the entry page, the OpenAPI documents and Swagger UI.
struct Pages: Sendable {
    private let entry: EntryPage?
    private let pages: [String: StaticPage]

    init(_ pages: [String: StaticPage], entry: EntryPage? = nil) {
        self.pages = pages
        self.entry = entry
    }

    func has(_ path: String) -> Bool { path == "/" ? entry != nil : pages[path] != nil }

    /// The response of the page at a path to a GET with these fields.
    /// - Throws: ``Problem`` 404, 406 or 412.
    func page(at path: String, _ fields: HeaderFields) throws -> Page {
        if path == "/", let entry { return entry.response(to: fields) }
        guard let page = pages[path] else { throw Problem(.notFound, "There is nothing at this path.") }
        return try page.response(to: fields)
    }
}
