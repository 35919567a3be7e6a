extension Mistake {
    /// Documents, servers and security.
    static let document: [Mistake] = [
        Mistake(
            "Swagger 2", .whole,
            """
            swagger: '2.0'
            info:
              title: T
              version: '1'
            paths: {}
            """,
            found: """
                1:1: error: Swagger 2 is not supported; OpenAPI 3.0 and 3.1 are [swagger-2] {convert it, for example \
                with swagger2openapi}
                """),
        Mistake(
            "no version", .whole,
            """
            info:
              title: T
              version: '1'
            paths: {}
            """,
            found: """
                1:1: error: this is not an OpenAPI document: 'openapi' is missing [document-shape] {begin it with \
                'openapi: 3.1.0'}
                """),
        Mistake(
            "version that is a number", .whole,
            """
            openapi: 3.1
            info:
              title: T
              version: '1'
            paths: {}
            """,
            found: """
                1:10: error: the version must be text with three parts, not a number [openapi-version] {write \
                'openapi: 3.1.0'}
                """),
        Mistake(
            "version that is not read", .whole,
            """
            openapi: 4.0.0
            info:
              title: T
              version: '1'
            paths: {}
            """,
            found: """
                1:10: error: OpenAPI '4.0.0' is not supported; 3.0 and 3.1 are [openapi-version] {write 'openapi: \
                3.1.0'}
                """),
        Mistake(
            "neither info nor paths", .whole,
            """
            openapi: 3.1.0
            """,
            found: """
                1:1: error: the document has no 'info' [document-shape]
                1:1: error: the document has no 'paths' [document-shape]
                """),
        Mistake(
            "info without a version", .whole,
            """
            openapi: 3.1.0
            info:
              title: T
            paths: {}
            """,
            found: """
                3:3: error: 'info' needs 'version' [keyword-missing]
                """),
        Mistake(
            "paths that are a list", .whole,
            """
            openapi: 3.1.0
            info:
              title: T
              version: '1'
            paths: []
            """,
            found: """
                5:8: error: 'paths' must be a mapping, not a list [value-type]
                """),
        Mistake(
            "misspelt root keyword", .document,
            """
            component: {}
            """,
            found: """
                6:1: error: the document has no keyword 'component' [keyword-unknown] {did you mean 'components'?}
                """),
        Mistake(
            "webhooks", .document,
            """
            webhooks: {}
            """,
            found: """
                6:1: error: 'webhooks' is not enforced yet [keyword-unsupported]
                """),
        Mistake(
            "misspelt extension", .document,
            """
            x-swfit:
              access: public
            """,
            found: """
                6:1: error: the extension 'x-swfit' is not supported [extension-unknown] {did you mean 'x-swift'?}
                """),
        Mistake(
            "unknown access", .document,
            """
            x-swift:
              access: publik
            """,
            found: """
                7:11: error: 'access' must be one of internal, package, public, not 'publik' [value-type] {did you \
                mean 'public'?}
                """),
        Mistake(
            "summary in 3.0", .whole,
            """
            openapi: 3.0.3
            info:
              title: T
              version: '1'
              summary: S
            paths: {}
            """,
            found: """
                5:3: error: 'summary' is a keyword of OpenAPI 3.1, but this document is 3.0 [keyword-edition]
                """),
        Mistake(
            "name that no component has", .document,
            """
            components:
              schemas:
                a b:
                  type: string
            """,
            found: """
                8:5: error: 'a b' cannot name a component [component-name] {use letters, digits, '.', '-' and '_'}
                """),
        Mistake(
            "address that is none", .document,
            """
            externalDocs:
              url: not a url
            """,
            found: """
                7:8: error: 'not a url' is not a valid URL [address]
                """),
        Mistake(
            "server variable that is missing", .document,
            """
            servers:
              - url: https://{host}/
            """,
            found: """
                7:10: error: the server's URL names the variable 'host', which is not declared [server]
                """),
        Mistake(
            "server default that is no choice", .document,
            """
            servers:
              - url: https://{host}/
                variables:
                  host:
                    enum: [a]
                    default: b
            """,
            found: """
                11:18: error: the default 'b' is not one of the variable's values [server] (10:15: the values are here)
                """),
        Mistake(
            "tag declared twice", .document,
            """
            tags:
              - name: A
              - name: A
            """,
            found: """
                8:11: error: the tag 'A' is declared twice [tag] (7:11: first declared here)
                """),
        Mistake(
            "other dialect", .document,
            """
            jsonSchemaDialect: http://json-schema.org/draft-07/schema#
            """,
            found: """
                6:20: error: the JSON Schema dialect 'http://json-schema.org/draft-07/schema#' is not supported; \
                2020-12 is [keyword-unsupported]
                """),
        Mistake(
            "unknown security scheme type", .document,
            """
            components:
              securitySchemes:
                a:
                  type: apikey
            """,
            found: """
                9:13: error: 'type' must be one of apiKey, http, mutualTLS, oauth2, openIdConnect, not 'apikey' \
                [value-type] {did you mean 'apiKey'?}
                """),
        Mistake(
            "scheme without its parts", .document,
            """
            components:
              securitySchemes:
                a:
                  type: apiKey
            security: []
            """,
            found: """
                9:13: error: a security scheme of the type 'apiKey' needs 'name' [keyword-missing]
                9:13: error: a security scheme of the type 'apiKey' needs 'in' [keyword-missing]
                """),
        Mistake(
            "scheme that is not enforced", .document,
            """
            components:
              securitySchemes:
                a:
                  type: http
                  scheme: digest
                b:
                  type: mutualTLS
            security: []
            """,
            found: """
                10:15: error: the HTTP scheme 'digest' is not supported; bearer and basic are [keyword-unsupported]
                12:13: error: the security scheme 'mutualTLS' is not enforced yet [keyword-unsupported]
                """),
        Mistake(
            "security by an unknown scheme", .document,
            """
            components:
              securitySchemes:
                bearer:
                  type: http
                  scheme: bearer
            security:
              - baerer: []
            """,
            found: """
                12:5: error: the security scheme 'baerer' is not declared [security-unknown] {did you mean 'bearer'?}
                """),
        Mistake(
            "unknown scope", .document,
            """
            components:
              securitySchemes:
                o:
                  type: oauth2
                  flows:
                    password:
                      tokenUrl: /t
                      scopes:
                        read: Reads.
            security:
              - o: [raed]
            """,
            found: """
                16:9: error: the scheme 'o' has no scope 'raed' [security-unknown] (8:5: the scheme is declared here) \
                {did you mean 'read'?}
                """),
        Mistake(
            "e-mail address that is none", .whole,
            """
            openapi: 3.1.0
            info:
              title: T
              version: '1'
              contact:
                email: nobody
            paths: {}
            """,
            found: """
                6:12: error: 'nobody' is not a valid e-mail address [address]
                """),
        Mistake(
            "unsupported scope in 3.0", .whole,
            """
            openapi: 3.0.3
            info:
              title: T
              version: '1'
            paths: {}
            components:
              securitySchemes:
                b:
                  type: http
                  scheme: bearer
            security:
              - b: [read]
            """,
            found: """
                12:9: error: in OpenAPI 3.0 only oauth2 and openIdConnect have scopes [security-unknown] (8:5: the \
                scheme is declared here)
                """),
    ]
}
