extension Mistake {
    /// Parameters.
    static let parameter: [Mistake] = [
        Mistake(
            "parameter in a part of a segment", .paths,
            """
            /a/{x}.json: {}
            """,
            found: """
                6:3: error: a parameter takes a whole segment of the path, unlike in '{x}.json' [path-template]
                """),
        Mistake(
            "path parameter twice", .paths,
            """
            /{x}/{x}: {}
            """,
            found: """
                6:3: error: the parameter '{x}' stands in the path twice [path-template]
                """),
        Mistake(
            "query in a path", .paths,
            """
            /a?b=1: {}
            """,
            found: """
                6:3: error: a path holds no '?' and no '#' [path-template]
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
                8:15: error: a parameter of the path is required [path-parameter] {write required: true}
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
                10:15: error: 'in' is one of path, query, header, cookie, and this is 'qeury' [value-type] {did you \
                mean 'query'?}
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
                11:18: error: the style 'deepObject' is not read yet [keyword-unsupported] {use 'form', which is what \
                a query has without 'style'}
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
                11:18: error: there is no style 'from' [value-type] {did you mean 'form'?}
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
                11:20: error: explode: false is not read yet [keyword-unsupported]
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
                12:13: error: a parameter that is an object is not read yet [keyword-unsupported]
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
                12:13: error: a list in a header is not read yet [keyword-unsupported]
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
