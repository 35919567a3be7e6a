extension Mistake {
    /// Answers and their problems.
    static let answer: [Mistake] = [
        Mistake(
            "no responses", .paths,
            """
            /a:
              get:
                operationId: a
            """,
            found: """
                8:7: error: an operation needs 'responses' [keyword-missing]
                """),
        Mistake(
            "empty responses", .operation,
            """
            responses: {}
            """,
            found: """
                8:7: error: the operation declares no answer [responses]
                """),
        Mistake(
            "no success", .operation,
            """
            responses:
              '404':
                description: D
            """,
            found: """
                8:7: error: the operation declares no success [responses] {add a response such as '200' or '204'}
                """),
        Mistake(
            "response without a description", .operation,
            """
            responses:
              '200': {}
            """,
            found: """
                9:16: error: a response needs 'description' [keyword-missing]
                """),
        Mistake(
            "status that is a word", .operation,
            """
            responses:
              ok:
                description: D
            """,
            found: """
                9:9: error: 'ok' is no status of an answer [status] {write a number from 200 to 599, such as '200', \
                a range such as '4XX', or default}
                """),
        Mistake(
            "status that does not exist", .operation,
            """
            responses:
              '99':
                description: D
            """,
            found: """
                9:9: error: '99' is no status of an answer [status] {write a number from 200 to 599, such as '200', \
                a range such as '4XX', or default}
                """),
        Mistake(
            "range of statuses in lower case", .operation,
            """
            responses:
              2xx:
                description: D
            """,
            found: """
                9:9: error: '2xx' is no status of an answer [status] {write '2XX'}
                """),
        Mistake(
            "answer in two media types", .operation,
            """
            responses:
              '200':
                description: D
                content:
                  application/json: {}
                  text/plain: {}
            """,
            found: """
                13:13: error: an answer in several media types is not supported yet where one is JSON \
                [keyword-unsupported] (12:13: the JSON is here)
                """),
        Mistake(
            "media type that is none", .operation,
            """
            responses:
              '200':
                description: D
                content:
                  json: {}
            """,
            found: """
                12:13: error: 'json' is no media type [media-type] {write one such as 'application/json'}
                """),
        Mistake(
            "media type as a $ref", .operation,
            """
            responses:
              '200':
                description: D
                content:
                  application/json:
                    $ref: '#/info'
            """,
            found: """
                13:15: error: a media type cannot be a $ref [ref-place]
                """),
        Mistake(
            "problem code on a success", .operation,
            """
            responses:
              '200':
                description: D
                x-problem-codes: [a]
            """,
            found: """
                11:11: error: problem codes stand on a status from 400 on, and this is '200' [problem-code] (9:9: the \
                status is here)
                """),
        Mistake(
            "problem code that is no kebab", .operation,
            """
            responses:
              '200':
                description: D
              '404':
                description: D
                x-problem-codes: [notFound]
            """,
            found: """
                13:29: error: 'notFound' is no problem code [problem-code] {write it in kebab-case, such as \
                'email-taken'}
                """),
        Mistake(
            "problem code twice", .operation,
            """
            responses:
              '200':
                description: D
              '404':
                description: D
                x-problem-codes: [gone]
              '410':
                description: D
                x-problem-codes: [gone]
            """,
            found: """
                16:29: error: the operation has the problem code 'gone' twice [problem-code] (13:29: first declared \
                here)
                """),
        Mistake(
            "header with a name", .operation,
            """
            responses:
              '200':
                description: D
                headers:
                  X-A:
                    name: X-A
                    schema:
                      type: string
            """,
            found: """
                13:15: error: a header has no keyword 'name' [keyword-unknown]
                """),
        Mistake(
            "misspelt response keyword", .operation,
            """
            responses:
              '200':
                description: D
                contents: {}
            """,
            found: """
                11:11: error: a response has no keyword 'contents' [keyword-unknown] {did you mean 'content'?}
                """),
        Mistake(
            "neighbours of a $ref", .document,
            """
            components:
              responses:
                R:
                  description: D
            paths:
              /a:
                get:
                  operationId: a
                  responses:
                    '200':
                      $ref: '#/components/responses/R'
                      description: Fine in 3.1.
                      headers: {}
            """,
            found: """
                17:11: error: 'headers' beside a $ref means nothing [ref-neighbour] {write it where the $ref leads}
                """),
    ]
}
