/// `/docs`: Swagger UI with the document of this server, or advice if its files are missing.
enum SwaggerPages {
    private static let html: StaticString = "text/html; charset=utf-8"

    /// Scripts come from here only, pictures also from the page itself; Swagger UI sets styles on its elements.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The pages by path; nil if the folder has not all files.
    static func pages(_ folder: String) -> [String: StaticPage]? {
        guard let style = file("\(folder)/swagger-ui.css", "text/css; charset=utf-8"),
            let bundle = file("\(folder)/swagger-ui-bundle.js", "text/javascript; charset=utf-8")
        else { return nil }
        let index = StaticPage(index, html, policy: policy)
        return [
            "/docs": index, "/docs/": index,
            "/docs/swagger-ui.css": style, "/docs/swagger-ui-bundle.js": bundle,
            "/docs/page.css": StaticPage(pageStyle, "text/css; charset=utf-8"),
            "/docs/start.js": StaticPage(start, "text/javascript; charset=utf-8"),
        ]
    }

    /// A file with the compressed one that the set-up put beside it; nil if there is no such file.
    private static func file(_ path: String, _ type: StaticString) -> StaticPage? {
        FileBytes.read(path).map { StaticPage($0, compressed: FileBytes.read("\(path).gz"), type) }
    }

    static func advice(_ text: String) -> StaticPage {
        StaticPage(
            """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>API</title></head>
            <body>
            <h1>API</h1>
            <p>Swagger UI's files are missing: \(text)</p>
            <p>The document itself: <a href="/openapi.json">openapi.json</a>, <a href="/openapi.yaml">openapi.yaml</a>.</p>
            </body>
            </html>

            """, html)
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
        <link rel="stylesheet" href="/docs/page.css">
        </head>
        <body>
        <div id="swagger-ui"></div>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/start.js"></script>
        </body>
        </html>

        """

    /// Long words and wide tables stay inside of a narrow window.
    private static let pageStyle = """
        .swagger-ui .info, .swagger-ui .opblock-description-wrapper, .swagger-ui .markdown { overflow-wrap: anywhere; }
        .swagger-ui .responses-inner, .swagger-ui .table-container { overflow-x: auto; }
        @media (max-width: 640px) {
          .swagger-ui .wrapper { padding: 0 8px; }
          .swagger-ui .info { margin: 16px 0; }
          .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
          .swagger-ui .opblock .opblock-summary-operation-id { display: none; }
          .swagger-ui .filter .operation-filter-input { box-sizing: border-box; max-width: 100%; }
        }

        """

    /// The filter finds an operation by its tag, id, path or summary.
    private static let start = """
        const FilterOperations = () => ({
          fn: {
            opsFilter: (tags, phrase) => {
              const word = phrase.toLowerCase();
              const names = (text) => (text || '').toLowerCase().includes(word);
              const isFound = (entry) => names(entry.get('path'))
                || ['operationId', 'summary'].some((key) => names(entry.getIn(['operation', key])));
              return tags
                .map((tag, name) => names(name) ? tag : tag.update('operations', (all) => all.filter(isFound)))
                .filter((tag) => tag.get('operations').size > 0);
            }
          }
        });

        window.ui = SwaggerUIBundle({
          url: '/openapi.json',
          dom_id: '#swagger-ui',
          deepLinking: true,
          displayOperationId: true,
          filter: true,
          persistAuthorization: true,
          validatorUrl: null,
          presets: [SwaggerUIBundle.presets.apis],
          plugins: [FilterOperations],
          layout: 'BaseLayout',
          onComplete: () => {
            document.title = window.ui.specSelectors.specJson().getIn(['info', 'title'], 'API');
          }
        });

        """
}
