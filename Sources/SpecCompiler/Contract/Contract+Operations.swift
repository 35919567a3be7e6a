/// An operation with its Swift names.
package struct OperationModel: Sendable, Equatable {
    /// The Swift namespace: upper camel case of the `operationId`.
    package var name: String
    /// The service's method: lower camel case.
    package var methodName: String
    package var id: String
    /// The HTTP method in lower case.
    package var method: String
    package var path: String
    /// The path of the server before it: `/api/v1`, or empty.
    package var serverPath = ""
    package var documentation: [String]
    /// The spec file that declares it: `paths/messages.yaml`. The output file is named after it.
    package var file: String
    /// The Swift name of its service protocol.
    package var service: String
    package var parameters: [ParameterModel]
    package var body: BodyModel?
    package var outputs: [OutputModel]
    /// Problems that the operation declares, without general ones, in the order of their status.
    package var problems: [ProblemModel]
    /// The accepted alternatives of security schemes; empty if the operation is public.
    package var security: [SecurityAlternativeModel]
    package var limits: [LimitModel]
    package var idempotency: IdempotencyModel?
    /// Media types of the responses, `application/problem+json` included.
    package var produces: [String]

    package init(
        name: String, methodName: String, id: String, method: String, path: String, file: String, service: String
    ) {
        self.name = name
        self.methodName = methodName
        self.id = id
        self.method = method
        self.path = path
        self.file = file
        self.service = service
        documentation = []
        parameters = []
        body = nil
        outputs = []
        problems = []
        security = []
        limits = []
        idempotency = nil
        produces = []
    }
}

package struct ParameterModel: Sendable, Equatable {
    package enum Place: Sendable, Equatable {
        /// The index of the parameter in the path template.
        case path(Int)
        case query
        case header
        case cookie
    }

    /// The name in the spec.
    package var name: String
    package var swiftName: String
    package var documentation: [String]
    package var place: Place
    /// An array is a repeated query parameter.
    package var type: TypeUse
    /// `required`, `optional` or `defaulted`.
    package var presence: PropertyModel.Presence

    package init(
        name: String, swiftName: String, documentation: [String] = [], place: Place, type: TypeUse,
        presence: PropertyModel.Presence
    ) {
        self.name = name
        self.swiftName = swiftName
        self.documentation = documentation
        self.place = place
        self.type = type
        self.presence = presence
    }
}

/// A request body.
package struct BodyModel: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case json(TypeUse)
        /// `multipart/form-data` or `application/x-www-form-urlencoded`.
        case form(FormModel)
        /// A text such as `text/plain`.
        case text(TypeUse)
        /// Any other media type: the service reads the stream.
        case stream
    }

    package var kind: Kind
    package var mediaTypes: [String]
    package var isRequired: Bool
    /// The longest body in bytes: `x-body-bytes-max`, or what the schema can need at most.
    package var bytesMax: Int

    package init(kind: Kind, mediaTypes: [String], isRequired: Bool, bytesMax: Int) {
        self.kind = kind
        self.mediaTypes = mediaTypes
        self.isRequired = isRequired
        self.bytesMax = bytesMax
    }
}

/// The parts of a form.
package struct FormModel: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package enum Coding: Sendable, Equatable {
            /// Plain text, parsed like a parameter; an array is a repeated part.
            case text
            case json
        }

        /// The name in the spec.
        package var name: String
        package var swiftName: String
        package var documentation: [String]
        package var type: TypeUse
        package var coding: Coding
        /// `required`, `optional` or `defaulted`.
        package var presence: PropertyModel.Presence
    }

    /// The last part, which the service reads as a stream.
    package struct File: Sendable, Equatable {
        package var name: String
        package var swiftName: String
        package var documentation: [String]
        /// The minimum size in bytes.
        package var minimum: Int
        package var maximum: Int?
        package var isRequired: Bool
    }

    package var fields: [Field]
    package var file: File?
    /// True for `application/x-www-form-urlencoded`, which has no files.
    package var isURLEncoded = false
    /// True if parts with other names are ignored instead of rejected.
    package var ignoresUnknown: Bool
}

extension OperationModel {
    /// The method that makes a stored response anew: `reloadAddContact`.
    var reloadName: String { "reload" + name }
}

/// The `x-idempotency` of an operation.
package struct IdempotencyModel: Sendable, Equatable {
    package var keepSeconds: Int
    /// A case of SpecCore's `Idempotency.Scope`.
    package var scope: String
    /// The member of `Input` that holds the key.
    package var swiftName: String
    /// The property of a successful response with the id that the service makes its body anew from.
    package var subjectProperty: String?
    /// The property of a successful response with the id of the user it belongs to; nil: it belongs to the caller.
    package var userProperty: String?
}

/// A declared response that the service returns: a case of `Output`.
package struct OutputModel: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case none
        case json(TypeUse, mediaType: String)
        /// Any other media type: an `OperationResponse.Body`.
        case raw(mediaType: String)
        /// Several media types, or a range such as `image/*`: an `OperationResponse.Body` and the media type that the
        /// service chose.
        case chosen
    }

    package struct Header: Sendable, Equatable {
        package var name: String
        package var swiftName: String
        package var documentation: [String]
        package var type: TypeUse
        package var isRequired: Bool

        package init(name: String, swiftName: String, documentation: [String] = [], type: TypeUse, isRequired: Bool) {
            self.name = name
            self.swiftName = swiftName
            self.documentation = documentation
            self.type = type
            self.isRequired = isRequired
        }
    }

    /// The status, or nil for `default` and for a range, whose case carries the status.
    package var status: Int?
    /// The first digit of a range of statuses.
    package var range: Int?
    /// `ok`, `created`, `noContent`, `notFound`, `default` …
    package var caseName: String
    package var documentation: [String]
    package var content: Content
    package var headers: [Header]
    /// For a range or `default`: the statuses with a declaration of their own, or without a body if this has one.
    package var excluded: [Int] = []
    /// True if its JSON can hold references that are signed (`x-signed`).
    package var isSigned = false
    /// True if references are signed, but the request may have no caller: then the service names the viewer.
    package var needsViewer = false

    package init(
        status: Int?, range: Int? = nil, caseName: String, documentation: [String] = [], content: Content,
        headers: [Header] = []
    ) {
        self.status = status
        self.range = range
        self.caseName = caseName
        self.documentation = documentation
        self.content = content
        self.headers = headers
    }
}

extension OutputModel {
    /// The sort key: exact statuses before their range, `default` last.
    var rank: Int { status ?? range.map { $0 * 100 + 99 } ?? 1_000 }

    /// The first and the last status of a range or of `default`.
    var statuses: ClosedRange<Int> { range.map { $0 * 100...$0 * 100 + 99 } ?? 200...599 }

    /// The status as written in the spec, for doc comments.
    var statusText: String { status.map { "\($0)" } ?? range.map { "\($0)XX" } ?? "Any other status" }
}

/// A problem code that an operation declares.
package struct ProblemModel: Sendable, Equatable {
    package var status: Int
    package var code: String
    /// The constant of `ProblemCode`; the same for all operations that declare the code with this status.
    package var swiftName: String
    package var documentation: [String]
    /// The sentence that explains it to people; nil if the service writes one.
    package var sentence: String?

    package init(
        status: Int, code: String, swiftName: String, documentation: [String] = [], sentence: String? = nil
    ) {
        self.status = status
        self.code = code
        self.swiftName = swiftName
        self.documentation = documentation
        self.sentence = sentence
    }
}

package struct SecurityAlternativeModel: Sendable, Equatable {
    package struct Scheme: Sendable, Equatable {
        package var name: String
        /// A Swift expression of SpecCore's `SecurityScheme.Carrier`: `.bearer`, `.header("x-key")`.
        package var carrier: String
        /// The query parameter that carries the credential, or nil if it is not in the query.
        package var queryName: String?

        package init(name: String, carrier: String, queryName: String? = nil) {
            self.name = name
            self.carrier = carrier
            self.queryName = queryName
        }
    }

    package var schemes: [Scheme]
    package var scopes: [String]

    package init(schemes: [Scheme], scopes: [String]) {
        self.schemes = schemes
        self.scopes = scopes
    }
}

/// An `x-rate-limit` of an operation.
package struct LimitModel: Sendable, Equatable {
    package enum KeyPart: Sendable, Equatable {
        case address
        case addressPrefix
        case caller
        /// An account that the service looks up; the service itself checks the limit.
        case account
        /// A member of the body, by its path of Swift names; compared case-insensitively.
        case body([String])
    }

    package var name: String
    /// The constant in the operation's `Limits`; nil for a limit of the root.
    package var swiftName: String?
    package var burst: Int
    package var refillSeconds: Int
    /// The problem codes that take a token, or nil if every request takes one.
    package var problems: [String]?
    package var key: [KeyPart]
    /// True if requests are admitted while the shared buckets are unavailable.
    package var failsOpen: Bool
    /// The Swift name of the query parameter without which the limit does not apply.
    package var condition: String?
    /// The key and the condition as the spec names them, for the document.
    package var keyTexts: [String] = []
    package var conditionText: String?

    package init(
        name: String, burst: Int, refillSeconds: Int, problems: [String]?, key: [KeyPart], failsOpen: Bool
    ) {
        self.name = name
        self.burst = burst
        self.refillSeconds = refillSeconds
        self.problems = problems
        self.key = key
        self.failsOpen = failsOpen
    }
}

/// The service protocol with the operations of one tag.
package struct ServiceModel: Sendable, Equatable {
    /// The protocol's name: `MessagesService`.
    package var name: String
    /// The parameter that takes the service: `messages`.
    package var argumentName: String
    package var tag: String
    package var documentation: [String]
    /// Names of ``OperationModel``s.
    package var operations: [String]

    package init(name: String, argumentName: String, tag: String, documentation: [String], operations: [String]) {
        self.name = name
        self.argumentName = argumentName
        self.tag = tag
        self.documentation = documentation
        self.operations = operations
    }
}

extension ParameterModel {
    /// True for the `Idempotency-Key` header field.
    var isIdempotencyKey: Bool { place == .header && name.lowercased() == "idempotency-key" }
}
