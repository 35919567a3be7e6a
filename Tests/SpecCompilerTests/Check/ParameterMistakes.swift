extension Mistake {
    /// Parameters.
    static let parameter: [Mistake] = [
        Mistake(
            "line break in a path", .paths,
            #"""
            "/t\nlet injected: Int = 41 + 1": {}
            """#,
            found: """
                6:3: error: the segment "t\\nlet injected: Int = 41 + 1" has characters that a path cannot contain \
                [path-template] {write 't%0Alet%20injected:%20Int%20=%2041%20+%201', as clients send it}
                """),
        Mistake(
            "path literals that no request can have", .paths,
            #"""
            /café: {}
            /a b: {}
            "/t\tx": {}
            /a%61: {}
            /caf%c3%a9: {}
            /100%: {}
            /a%20c/$metadata/@me/(x): {}
            """#,
            found: """
                6:3: error: the segment "café" has characters that a path cannot contain [path-template] {write \
                'caf%C3%A9', as clients send it}
                7:3: error: the segment "a b" has characters that a path cannot contain [path-template] {write \
                'a%20b', as clients send it}
                8:3: error: the segment "t\\tx" has characters that a path cannot contain [path-template] {write \
                't%09x', as clients send it}
                9:3: error: a path is compared without escapes that it does not need and with the others in upper \
                case [path-template] {write 'aa'}
                10:3: error: a path is compared without escapes that it does not need and with the others in upper \
                case [path-template] {write 'caf%C3%A9'}
                11:3: error: the segment "100%" has characters that a path cannot contain [path-template] {write \
                '100%25', as clients send it}
                """),
        Mistake(
            "names that are not tokens", .operation,
            #"""
            responses:
              '204':
                description: D
                headers: {"X B\r\nEvil: 1": {schema: {type: string}}}
            parameters:
              - {name: X Foo, in: header, schema: {type: string}}
              - {name: 'X:Bar', in: header, schema: {type: string}}
              - {name: "X\r\nEvil: v", in: header, schema: {type: string}}
              - {name: '', in: header, schema: {type: string}}
              - {name: 'a;b', in: cookie, schema: {type: string}}
            """#,
            found: """
                11:21: error: "X B\\r\\nEvil: 1" cannot name a header [header-name] {use letters, digits and any of \
                !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)}
                13:18: error: "X Foo" cannot name a header [header-name] {use letters, digits and any of \
                !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)}
                14:18: error: "X:Bar" cannot name a header [header-name] {use letters, digits and any of \
                !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)}
                15:18: error: "X\\r\\nEvil: v" cannot name a header [header-name] {use letters, digits and any of \
                !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)}
                16:18: error: "" cannot name a header [header-name] {use letters, digits and any of !#$%&'*+-.^_`|~ \
                (RFC 9110, 5.6.2)}
                17:18: error: "a;b" cannot name a cookie [header-name] {use letters, digits and any of \
                !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)}
                """),
        Mistake(
            "header names that differ in case", .operation,
            """
            responses:
              '204':
                description: D
                headers: {X-A: {schema: {type: string}}, x-a: {schema: {type: string}}}
            parameters:
              - {name: X-My-Header, in: header, required: true, schema: {type: string}}
              - {name: x-my-header, in: header, schema: {type: integer}}
            """,
            found: """
                11:52: error: the header 'x-a' is declared twice: the names of headers have no case [header-name] \
                (11:21: first declared here)
                14:18: error: the header parameter 'x-my-header' is declared twice [parameter-twice] (13:18: first \
                declared here)
                """),
        Mistake(
            "media types that nothing can have", .operation,
            #"""
            responses:
              '200':
                description: D
                content: {application/*+json: {}, "text/plain; a=\"x\r\ny\"": {}, '*/json': {}, 'text/a b': {}}
            """#,
            found: """
                11:21: error: 'application/*+json' is not a valid media type [media-type] {write one such as \
                'application/json'}
                11:45: error: "text/plain; a=\\"x\\r\\ny\\"" is not a valid media type [media-type] {write one such as \
                'application/json'}
                11:45: error: a response in several media types is not supported yet if one is JSON \
                [keyword-unsupported] (11:21: the JSON is here)
                11:77: error: '*/json' is not a valid media type [media-type] {write one such as 'application/json'}
                11:91: error: 'text/a b' is not a valid media type [media-type] {write one such as 'application/json'}
                """),
        Mistake(
            "path parameter twice", .paths,
            """
            /{x}/{x}: {}
            """,
            found: """
                6:3: error: the path parameter '{x}' is used twice [path-template]
                """),
        Mistake(
            "query in a path", .paths,
            """
            /a?b=1: {}
            """,
            found: """
                6:3: error: a path cannot contain '?' or '#' [path-template]
                """),
        Mistake(
            "path parameter that is not declared", .paths,
            """
            /{x}:
              get:
                operationId: a
                responses:
                  '200':
                    description: D
            """,
            found: """
                6:3: error: the path's parameter '{x}' is not declared [path-parameter] (7:5: this operation does not \
                declare it) {add a parameter with in: path and name: x}
                """),
        Mistake(
            "path parameter that is not in the path", .paths,
            """
            /{userId}:
              parameters:
                - name: userID
                  in: path
                  required: true
                  schema:
                    type: string
              get:
                operationId: a
                responses:
                  '200':
                    description: D
            """,
            found: """
                6:3: error: the path's parameter '{userId}' is not declared [path-parameter] (13:5: this operation \
                does not declare it) {add a parameter with in: path and name: userId}
                8:15: error: the path '/{userId}' has no '{userID}' [path-parameter] (6:3: the path is here) {did you \
                mean 'userId'?}
                """),
        Mistake(
            "path parameter that is not required", .paths,
            """
            /{x}:
              parameters:
                - name: x
                  in: path
                  schema:
                    type: string
              get:
                operationId: a
                responses:
                  '200':
                    description: D
            """,
            found: """
                8:15: error: a path parameter must be required [path-parameter] {write required: true}
                """),
        Mistake(
            "parameter twice", .operation,
            """
            parameters:
              - name: q
                in: query
                schema:
                  type: string
              - name: q
                in: query
                schema:
                  type: string
            """,
            found: """
                13:17: error: the query parameter 'q' is declared twice [parameter-twice] (9:17: first declared here)
                """),
        Mistake(
            "parameter without a schema", .operation,
            """
            parameters:
              - name: q
                in: query
            """,
            found: """
                9:11: error: a parameter needs 'schema' [keyword-missing]
                """),
        Mistake(
            "parameter in an unknown place", .operation,
            """
            parameters:
              - name: q
                in: qeury
                schema:
                  type: string
            """,
            found: """
                10:15: error: 'in' must be one of path, query, header, cookie, not 'qeury' [value-type] {did you mean \
                'query'?}
                """),
        Mistake(
            "parameter with content", .operation,
            """
            parameters:
              - name: q
                in: query
                content: {}
            """,
            found: """
                11:11: error: 'content' is not enforced yet [keyword-unsupported] {describe the value by a 'schema'}
                """),
        Mistake(
            "style that is not read", .operation,
            """
            parameters:
              - name: q
                in: query
                style: deepObject
                schema:
                  type: string
            """,
            found: """
                11:18: error: the style 'deepObject' is not supported yet [keyword-unsupported] {use 'form', which is \
                what a query has without 'style'}
                """),
        Mistake(
            "style that does not exist", .operation,
            """
            parameters:
              - name: q
                in: query
                style: from
                schema:
                  type: string
            """,
            found: """
                11:18: error: the style 'from' is not valid [value-type] {did you mean 'form'?}
                """),
        Mistake(
            "list in one query parameter", .operation,
            """
            parameters:
              - name: q
                in: query
                explode: false
                schema:
                  type: array
                  items:
                    type: string
            """,
            found: """
                11:20: error: explode: false is not supported yet [keyword-unsupported]
                """),
        Mistake(
            "object in a query", .operation,
            """
            parameters:
              - name: q
                in: query
                schema:
                  type: object
            """,
            found: """
                12:13: error: a parameter that is an object is not supported yet [keyword-unsupported]
                """),
        Mistake(
            "list in a header", .operation,
            """
            parameters:
              - name: q
                in: header
                schema:
                  type: array
                  items:
                    type: string
            """,
            found: """
                12:13: error: a list in a header is not supported yet [keyword-unsupported]
                """),
        Mistake(
            "header that OpenAPI ignores", .operation,
            """
            parameters:
              - name: Authorization
                in: header
                schema:
                  type: string
            """,
            found: """
                9:17: warning: OpenAPI ignores a parameter for the header 'Authorization' [header-reserved] {declare \
                a security scheme}
                """),
        Mistake(
            "names that collide in Swift", .operation,
            """
            parameters:
              - name: user-id
                in: query
                schema:
                  type: string
              - name: userId
                in: header
                schema:
                  type: string
            """,
            found: """
                13:17: warning: another member of the operation's input is called 'userId' in Swift too, so this one \
                gets a number [parameter-name] (9:17: the other one is here)
                """),
    ]
}
