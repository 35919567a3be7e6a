import SpecCore

/// Requests that match no operation: static pages, CORS preflights, 404 and 405.
struct UnroutedRequests: Sendable {
    let pages: Pages
    let origins: CrossOrigins?
    let routes: RouteTable
    let operations: [Operation]

    /// - Throws: ``Problem`` 404, 405, 406 or 412.
    func page(for match: RouteTable.Match, _ request: ServerRequest) throws -> Page {
        if case .methodNotAllowed(let allow) = match { return try preflight(request, allow) }
        if request.isOfServer { return Page(response: OperationResponse(204)) }
        let head = request.head
        let isRead = head.method == .get || head.method == .head
        if pages.has(head.path), !isRead { return try preflight(request, "GET, HEAD") }
        return try pages.page(at: head.path, head.fields)
    }

    /// The response to a CORS preflight.
    /// - Throws: ``Problem`` 405 if the request is not one.
    private func preflight(_ request: ServerRequest, _ allow: String) throws -> Page {
        guard let origins, request.head.method == .options,
            let method = origins.preflightMethod(request.head.fields)
        else {
            throw Problem(
                .methodNotAllowed, "This path allows \(allow).", fields: HeaderFields([HeaderField("Allow", allow)]))
        }
        guard case .found(let index, _) = routes.match(method, target: request.head.target) else {
            return Page(response: origins.preflight(nil, allow: allow))
        }
        return Page(response: origins.preflight(operations[index], allow: allow))
    }
}
