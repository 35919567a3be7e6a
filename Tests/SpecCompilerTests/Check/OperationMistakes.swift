extension Mistake {
    /// Operations and paths.
    static let operation: [Mistake] = [
        Mistake(
            "two operations of one name without operationId", .paths,
            """
            /a-b:
              get:
                responses:
                  '200':
                    description: D
            /a_b:
              get:
                responses:
                  '200':
                    description: D
            """,
            found: """
                12:5: warning: the operation becomes the Swift name 'GetAB', as another operation does, so it gets a \
                number [operation-id] (7:5: the other one is here)
                """),
        Mistake(
            "operationId twice", .paths,
            """
            /a:
              get:
                operationId: a
                responses:
                  '200':
                    description: D
              put:
                operationId: a
                responses:
                  '200':
                    description: D
            """,
            found: """
                13:20: error: 'a' is the 'operationId' of another operation [operation-id] (8:20: first declared here)
                """),
        Mistake(
            "operationIds with one Swift name", .paths,
            """
            /a:
              get:
                operationId: get-a
                responses:
                  '200':
                    description: D
              put:
                operationId: getA
                responses:
                  '200':
                    description: D
            """,
            found: """
                13:20: warning: 'getA' becomes the Swift name 'GetA', as another operation does, so it gets a number \
                [operation-id] (8:20: the other one is here)
                """),
        Mistake(
            "misspelt operation keyword", .operation,
            """
            sumary: S
            """,
            found: """
                8:7: error: an operation has no keyword 'sumary' [keyword-unknown] {did you mean 'summary'?}
                """),
        Mistake(
            "misspelt method", .paths,
            """
            /a:
              gett:
                responses: {}
            """,
            found: """
                7:5: error: a path item has no keyword 'gett' [keyword-unknown] {did you mean 'get'?}
                """),
        Mistake(
            "$ref of a path item with neighbours", .document,
            """
            components:
              pathItems:
                P: {}
            paths:
              /a:
                $ref: '#/components/pathItems/P'
                parameters: []
            """,
            found: """
                11:5: error: 'parameters' beside a $ref has no effect [ref-neighbour] {write it at the target of the \
                $ref}
                """),
        Mistake(
            "path without a slash", .paths,
            """
            a: {}
            """,
            found: """
                6:3: error: a path must begin with '/' [path-template]
                """),
        Mistake(
            "paths that only names tell apart", .paths,
            """
            /a/{x}: {}
            /a/{y}: {}
            """,
            found: """
                7:3: error: '/a/{y}' and '/a/{x}' are the same path [path-ambiguous] (6:3: the other one is here)
                """),
        Mistake(
            "callbacks", .operation,
            """
            callbacks: {}
            """,
            found: """
                8:7: error: 'callbacks' is not enforced yet [keyword-unsupported]
                """),
        Mistake(
            "tag that is not declared", .document,
            """
            tags:
              - name: Messages
            paths:
              /a:
                get:
                  operationId: a
                  tags: [Mesages]
                  responses:
                    '200':
                      description: D
            """,
            found: """
                11:14: warning: the tag 'Mesages' is not declared in 'tags' [tag] (6:3: the tags are declared here) \
                {did you mean 'Messages'?}
                """),
        Mistake(
            "security that is not declared", .document,
            """
            components:
              securitySchemes:
                b:
                  type: http
                  scheme: bearer
            paths:
              /a:
                get:
                  operationId: a
                  responses:
                    '200':
                      description: D
            """,
            found: """
                12:5: warning: this operation does not declare its security [security-undecided] (7:5: a security \
                scheme is declared here) {write 'security' here or at the root; security: [] allows unauthenticated \
                requests}
                """),
    ]
}
