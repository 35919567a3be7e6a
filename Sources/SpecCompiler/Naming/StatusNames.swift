/// Names of the cases of `Output`.
enum StatusNames {
    static func caseName(_ status: Int?) -> String {
        guard let status else { return "default" }
        return names[status] ?? "status\(status)"
    }

    /// The first digit of a range of statuses, such as `4XX`.
    static func range(_ key: String) -> Int? {
        guard key.utf8.count == 3, key.hasSuffix("XX"), let digit = key.first?.wholeNumberValue else { return nil }
        return (2...5).contains(digit) ? digit : nil
    }

    /// All names of structs for the header fields of a response.
    static var headersNames: [String] {
        (names.values + ["default", "success", "redirection", "clientError", "serverError"]).map(headersName)
    }

    static func headersName(_ caseName: String) -> String { SwiftNames.upper(caseName) + "Headers" }

    static func caseName(ofRange digit: Int) -> String {
        switch digit {
        case 2: "success"
        case 3: "redirection"
        case 4: "clientError"
        default: "serverError"
        }
    }

    private static let names = [
        200: "ok", 201: "created", 202: "accepted", 203: "nonAuthoritative", 204: "noContent", 205: "resetContent",
        206: "partialContent", 301: "movedPermanently", 302: "found", 303: "seeOther", 304: "notModified",
        307: "temporaryRedirect", 308: "permanentRedirect", 400: "badRequest", 401: "unauthorized",
        402: "paymentRequired", 403: "forbidden", 404: "notFound", 409: "conflict", 410: "gone",
        412: "preconditionFailed", 413: "contentTooLarge", 415: "unsupportedMediaType", 416: "rangeNotSatisfiable",
        422: "unprocessableContent", 423: "locked", 429: "tooManyRequests", 500: "internalServerError",
        501: "notImplemented", 502: "badGateway", 503: "serviceUnavailable", 504: "gatewayTimeout",
    ]
}
