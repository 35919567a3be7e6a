import SpecCore

/// Requests that match no operation: static pages, CORS preflights, 404 and 405.
struct UnroutedRequests: Sendable {
    let pages: Pages
    let origins: CrossOrigins?
    let routes: RouteTable
    let operations: [Operation]

    /// - Throws: ``Problem`` 404 or 405.
    func page(for match: RouteTable.Match, _ request: ServerRequest) throws -> Page {
        if case .methodNotAllowed(let allow) = match { return try preflight(request, allow) }
        if request.isOfServer { return Page(response: OperationResponse(204)) }
        guard let page = pages.page(at: request.head.path) else {
            throw Problem(.notFound, "There is nothing at this path.")
        }
        let isRead = request.head.method == .get || request.head.method == .head
        return isRead ? page : try preflight(request, "GET, HEAD")
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
