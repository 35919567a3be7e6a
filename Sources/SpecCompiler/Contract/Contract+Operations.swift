/// An operation with its names decided.
package struct OperationModel: Sendable, Equatable {
    /// The Swift namespace: upper camel case of the `operationId`.
    package var name: String
    /// The service's method: lower camel case.
    package var methodName: String
    package var id: String
    /// Lower case.
    package var method: String
    package var path: String
    package var documentation: [String]
    /// The spec file it stands in: `paths/messages.yaml`; its output file is named after it.
    package var file: String
    /// The Swift name of its service protocol.
    package var service: String
    package var parameters: [ParameterModel]
    package var body: BodyModel?
    package var outputs: [OutputModel]
    /// Problems that the operation declares, in the order of their status.
    package var problems: [ProblemModel]
    /// nil: nobody decided, which Check refuses; empty: anybody.
    package var security: [SecurityAlternativeModel]
    package var limits: [LimitModel]
    package var idempotency: IdempotencyModel?
    /// Media types of the answers, problem+json included.
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

    /// As in the spec.
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
        /// `multipart/form-data`.
        case form(FormModel)
        /// Everything else: the service reads the stream.
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

/// The parts of a `multipart/form-data` body.
package struct FormModel: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package enum Coding: Sendable, Equatable {
            /// Like a parameter; an array is a repeated part.
            case text
            case json
        }

        /// As in the spec.
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
        /// In bytes.
        package var minimum: Int
        package var maximum: Int?
        package var isRequired: Bool
    }

    package var fields: [Field]
    package var file: File?
    /// Whether parts of other names may come.
    package var ignoresUnknown: Bool
}

/// An `x-idempotency` of an operation.
package struct IdempotencyModel: Sendable, Equatable {
    package var keepSeconds: Int
    /// A case of SpecCore's `Idempotency.Scope`.
    package var scope: String
    /// The member of `Input` that holds the key.
    package var swiftName: String
}

/// A declared answer that the service returns: a case of `Output`.
package struct OutputModel: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case none
        case json(TypeUse, mediaType: String)
        /// Any other media type: an `Answer.Body`.
        case raw(mediaType: String)
        /// Several media types, or a range such as `image/*`: an `Answer.Body` and the type that the service chose.
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

    /// nil for `default` and for a range: the case then carries the status.
    package var status: Int?
    /// The first digit of a range of statuses.
    package var range: Int?
    /// `ok`, `created`, `noContent`, `notFound`, `default` …
    package var caseName: String
    package var documentation: [String]
    package var content: Content
    package var headers: [Header]

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
    /// Exact statuses come before their range, and `default` last.
    var rank: Int { status ?? range.map { $0 * 100 + 99 } ?? 1_000 }

    /// The status as the spec has it, for comments.
    var statusText: String { status.map { "\($0)" } ?? range.map { "\($0)XX" } ?? "Any other status" }
}

/// A problem code that an operation declares.
package struct ProblemModel: Sendable, Equatable {
    package var status: Int
    package var code: String
    package var swiftName: String
    package var documentation: [String]

    package init(status: Int, code: String, swiftName: String, documentation: [String] = []) {
        self.status = status
        self.code = code
        self.swiftName = swiftName
        self.documentation = documentation
    }
}

package struct SecurityAlternativeModel: Sendable, Equatable {
    package struct Scheme: Sendable, Equatable {
        package var name: String
        /// A Swift expression of SpecCore's `SecurityScheme.Carrier`: `.bearer`, `.header("x-key")`.
        package var carrier: String
        /// The query parameter that carries it.
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
        /// A member of the body, by the Swift names that lead to it; compared without case.
        case body([String])
    }

    package var name: String
    package var burst: Int
    package var refillSeconds: Int
    /// nil: every try; else the problem codes that take a token.
    package var problems: [String]?
    package var key: [KeyPart]
    /// Whether requests go on when the shared buckets cannot be asked.
    package var failsOpen: Bool

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

/// The protocol that the operations of one tag make.
package struct ServiceModel: Sendable, Equatable {
    /// `MessagesService`.
    package var name: String
    /// `messages`: the parameter that takes the service.
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
    /// Whether it is the header field under which a request is repeated.
    var isIdempotencyKey: Bool { place == .header && name.lowercased() == "idempotency-key" }
}
