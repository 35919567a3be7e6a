import NIOCore
import SpecCore

/// A static page.
struct Page: Sendable {
    var response: OperationResponse
    /// True for a page with its own Content-Security-Policy.
    var hasOwnPolicy = false
}

/// The static pages beside the API: the OpenAPI documents and Swagger UI.
struct Pages: Sendable {
    private let pages: [String: Page]

    init(_ pages: [String: Page]) {
        self.pages = pages
    }

    func page(at path: String) -> Page? { pages[path] }
}

/// The sources of the static pages.
public struct DocumentPages: Sendable {
    /// The folder with Swagger UI's files; nil if there is none.
    public var swaggerFolder: String?
    /// Advice on `/docs` if the files are missing.
    public var missingAdvice: String
    private let openAPI: StaticString
    private let openAPIYAML: StaticString

    /// - Parameters:
    ///   - openAPI: served as `/openapi.json`.
    ///   - openAPIYAML: served as `/openapi.yaml`.
    public init(
        openAPI: StaticString, openAPIYAML: StaticString, swaggerFolder: String?, missingAdvice: String
    ) {
        self.openAPI = openAPI
        self.openAPIYAML = openAPIYAML
        self.swaggerFolder = swaggerFolder
        self.missingAdvice = missingAdvice
    }

    var pages: Pages {
        var pages: [String: Page] = [
            "/openapi.json": page(Array("\(openAPI)".utf8), "application/json"),
            "/openapi.yaml": page(Array("\(openAPIYAML)".utf8), "application/yaml"),
        ]
        pages.merge(swagger ?? ["/docs": advice]) { $1 }
        return Pages(pages)
    }

    private func page(_ bytes: [UInt8], _ type: StaticString, policy: String? = nil) -> Page {
        var fields = HeaderFields([HeaderField("Cache-Control", "no-cache")])
        if let policy { fields.append("Content-Security-Policy", policy) }
        let response = OperationResponse(
            200, contentType: type, fields: fields, body: .bytes(ByteBuffer(bytes: bytes)))
        return Page(response: response, hasOwnPolicy: policy != nil)
    }

    private var advice: Page {
        let text = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>API</title></head>
            <body>
            <h1>API</h1>
            <p>Swagger UI's files are missing: \(missingAdvice)</p>
            <p>The document itself: <a href="/openapi.json">openapi.json</a>, <a href="/openapi.yaml">openapi.yaml</a>.</p>
            </body>
            </html>

            """
        return page(Array(text.utf8), "text/html; charset=utf-8")
    }

    // MARK: Swagger UI

    /// Scripts come from here only, pictures also from the page itself; Swagger UI sets styles on its elements.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private var swagger: [String: Page]? {
        guard let folder = swaggerFolder, let style = FileBytes.read("\(folder)/swagger-ui.css"),
            let bundle = FileBytes.read("\(folder)/swagger-ui-bundle.js")
        else { return nil }
        let index = page(Array(Self.index.utf8), "text/html; charset=utf-8", policy: Self.policy)
        return [
            "/docs": index, "/docs/": index,
            "/docs/swagger-ui.css": page(style, "text/css; charset=utf-8"),
            "/docs/swagger-ui-bundle.js": page(bundle, "text/javascript; charset=utf-8"),
            "/docs/start.js": page(Array(Self.start.utf8), "text/javascript; charset=utf-8"),
        ]
    }

    private static let index = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>API</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/docs/swagger-ui.css">
        </head>
        <body>
        <div id="swagger-ui"></div>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/start.js"></script>
        </body>
        </html>

        """

    private static let start = """
        window.ui = SwaggerUIBundle({
          url: '/openapi.json',
          dom_id: '#swagger-ui',
          deepLinking: true,
          displayOperationId: true,
          validatorUrl: null,
          presets: [SwaggerUIBundle.presets.apis],
          layout: 'BaseLayout'
        })

        """
}
