/// The sources of the pages beside the API.
public struct DocumentPages: Sendable {
    /// A path that the entry page names.
    public struct Link: Sendable, Equatable {
        public var name: String
        public var path: String

        public init(_ name: String, _ path: String) {
            self.name = name
            self.path = path
        }
    }

    /// The folder with Swagger UI's files; nil if there is none.
    public var swaggerFolder: String?
    /// Advice on `/docs` and in the log if the files are missing.
    public var missingAdvice: String
    /// Paths that the entry page names in JSON, beside the pages themselves.
    public var links: [Link] = []
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

    /// The pages, and a warning for the log if Swagger UI's files are missing.
    var pages: (pages: Pages, warning: String?) {
        var pages = [
            "/openapi.json": StaticPage("\(openAPI)", "application/json"),
            "/openapi.yaml": StaticPage("\(openAPIYAML)", "application/yaml"),
        ]
        let swagger = swaggerFolder.flatMap(SwaggerPages.pages)
        pages.merge(swagger ?? ["/docs": SwaggerPages.advice(missingAdvice)]) { $1 }
        let own = [Link("docs", "/docs"), Link("openapi", "/openapi.json"), Link("openapiYaml", "/openapi.yaml")]
        return (
            Pages(pages, entry: EntryPage(own + links)), swagger == nil ? "/docs has no Swagger UI: \(missing)" : nil
        )
    }

    /// The place where the files were looked for, which the page does not show to everybody.
    private var missing: String {
        let place = swaggerFolder.map { "'\($0)' has not all of its files" } ?? SwaggerFolder.absence
        return "\(place); \(missingAdvice)"
    }
}
