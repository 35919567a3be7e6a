extension Mistake {
    /// Responses and their problems.
    static let answer: [Mistake] = [
        Mistake(
            "empty responses", .operation,
            """
            responses: {}
            """,
            found: """
                8:7: error: the operation does not declare a response [responses]
                """),
        Mistake(
            "no success", .operation,
            """
            responses:
              '404':
                description: D
            """,
            found: """
                9:9: warning: no answer leads here [responses] {write x-problem-codes: […], the codes that the \
                service throws}
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
                9:9: error: 'ok' is not a valid response status [status] {write a number from 100 to 599, such as \
                '200', a range such as '4XX', or default}
                """),
        Mistake(
            "status that does not exist", .operation,
            """
            responses:
              '99':
                description: D
            """,
            found: """
                9:9: error: '99' is not a valid response status [status] {write a number from 100 to 599, such as \
                '200', a range such as '4XX', or default}
                """),
        Mistake(
            "range of statuses in lower case", .operation,
            """
            responses:
              2xx:
                description: D
            """,
            found: """
                9:9: error: '2xx' is not a valid response status [status] {write '2XX'}
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
                13:13: error: a response in several media types is not supported yet if one is JSON \
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
                12:13: error: 'json' is not a valid media type [media-type] {write one such as 'application/json'}
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
                11:11: error: problem codes are allowed on statuses from 400 on, not on '200' [problem-code] (9:9: the \
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
                13:29: error: 'notFound' is not a valid problem code [problem-code] {write it in kebab-case, such as \
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
                16:29: error: the operation declares the problem code 'gone' twice [problem-code] (13:29: first \
                declared here)
                """),
        Mistake(
            "problem codes that are neither a list nor a mapping", .operation,
            """
            responses:
              '200':
                description: D
              '404':
                description: D
                x-problem-codes: gone
            """,
            found: """
                13:28: error: 'x-problem-codes' must be a list of names or a mapping from names to texts, not text \
                [value-type] {write a list: [gone]}
                """),
        Mistake(
            "problem code with a sentence that is no text", .operation,
            """
            responses:
              '200':
                description: D
              '404':
                description: D
                x-problem-codes: {gone: 7}
            """,
            found: """
                13:35: error: 'gone' must be text, not an integer [value-type] {write it in quotes: '7'}
                """),
        Mistake(
            "problem code with an empty sentence", .operation,
            """
            responses:
              '200':
                description: D
              '404':
                description: D
                x-problem-codes: {gone: ' '}
            """,
            found: """
                13:35: error: the sentence of 'gone' is empty [problem-code] {write what happened and what is \
                expected, or null}
                """),
        Mistake(
            "sentence for a code of the run time", .operation,
            """
            responses:
              '200':
                description: D
              '404':
                description: D
                x-problem-codes: {not-found: Nothing is there.}
            """,
            found: """
                13:40: error: 'not-found' is a code of the run time and cannot have a sentence [problem-code] {write \
                null}
                """),
        Mistake(
            "problem code with two sentences", .paths,
            """
            /a:
              get:
                operationId: a
                security: []
                responses:
                  '204': {description: D}
                  '409': {description: D, x-problem-codes: {gone: One.}}
            /b:
              get:
                operationId: b
                security: []
                responses:
                  '204': {description: D}
                  '409': {description: D, x-problem-codes: {gone: Two., other: null}}
            """,
            found: """
                19:57: error: the problem code 'gone' has another sentence elsewhere [problem-code] (12:57: the other \
                one is here) {write the same sentence, or null where the service writes one}
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
                17:11: error: 'headers' beside a $ref has no effect [ref-neighbour] {write it at the target of the $ref}
                """),
    ]
}
