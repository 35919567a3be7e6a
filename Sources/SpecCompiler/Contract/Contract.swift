/// A compiled spec with every name decided: the output of Lower and the input of Print.
package struct Contract: Sendable, Equatable {
    package var title = ""
    package var version = ""
    /// The access level of generated declarations: `internal`, `package` or `public`, from the root's `x-swift`.
    package var access = GenerateOptions.Access.internal
    /// The path of the root document; its operations have a file of their own.
    package var rootPath = ""
    /// The models, sorted by name.
    package var models: [Model] = []
    /// The operations, in the order of the spec.
    package var operations: [OperationModel] = []
    /// The problem codes of all operations that the run time does not declare, sorted by name.
    package var problems: [ProblemModel] = []
    /// The services, one per tag, in the order of first use.
    package var services: [ServiceModel] = []
    /// The rate limits of the root.
    package var limits: [LimitModel] = []
    /// The security scheme that signs references (`x-signed`); nil if there are none.
    package var signingScheme: SecurityAlternativeModel.Scheme?
    package var patterns: [PatternModel] = []
    /// The whole spec as one JSON document (OpenAPI 3.1), for `/openapi.json`.
    package var openAPIDocument = ""
    /// The same document as YAML, for `/openapi.yaml`.
    package var openAPIDocumentYAML = ""

    package init() {}
}

/// A named Swift type made from a schema.
package struct Model: Sendable, Equatable {
    package indirect enum Shape: Sendable, Equatable {
        case object(ObjectModel)
        case enumeration([EnumCase])
        case union(UnionModel)
    }

    /// The Swift name: upper camel case, unique in the module, never a name of Swift's or SpecCore's.
    package var name: String
    /// The schema's own name or pointer, for comments.
    package var origin: String
    /// Lines of documentation, without slashes.
    package var documentation: [String]
    package var shape: Shape
    /// True if requests contain it: a reader is printed.
    package var isRead: Bool
    /// True if responses contain it: a writer is printed.
    package var isWritten: Bool
    /// The name of the private enum with the validation rules of the members.
    package var rulesName = ""

    package init(
        name: String, origin: String, documentation: [String] = [], shape: Shape, isRead: Bool, isWritten: Bool
    ) {
        self.name = name
        self.origin = origin
        self.documentation = documentation
        self.shape = shape
        self.isRead = isRead
        self.isWritten = isWritten
    }
}

package struct ObjectModel: Sendable, Equatable {
    package enum Additional: Sendable, Equatable {
        /// `additionalProperties: false`: an unknown member is a violation.
        case refused
        /// Unknown members are allowed and dropped.
        case ignored
        /// Unknown members are allowed and stored in a dictionary `additional`.
        case kept(TypeUse)
    }

    package var properties: [PropertyModel]
    package var additional: Additional
    /// The members that are rejected in this direction (`readOnly` in a request).
    package var refused: [String]
    /// Lists of members, at least one of which must be complete; empty if the schema has no such rule.
    package var requirements: [[String]]

    package init(
        properties: [PropertyModel], additional: Additional, refused: [String] = [], requirements: [[String]] = []
    ) {
        self.properties = properties
        self.additional = additional
        self.refused = refused
        self.requirements = requirements
    }
}

package struct PropertyModel: Sendable, Equatable {
    package enum Presence: Sendable, Equatable {
        /// `T`: required, never null.
        case required
        /// `T?`: required, may be null.
        case requiredNullable
        /// `T?`: optional, never null.
        case optional
        /// `Field<T>`: optional; absent, null and a value are distinct.
        case optionalNullable
        /// `T`: optional with a default, given as a Swift expression.
        case defaulted(String)
    }

    /// The member's name in JSON.
    package var name: String
    package var swiftName: String
    package var documentation: [String]
    package var type: TypeUse
    package var presence: Presence
    /// True if the value is boxed, because it can contain its own type.
    package var isBoxed = false

    package init(
        name: String, swiftName: String, documentation: [String] = [], type: TypeUse, presence: Presence
    ) {
        self.name = name
        self.swiftName = swiftName
        self.documentation = documentation
        self.type = type
        self.presence = presence
    }
}

package struct EnumCase: Sendable, Equatable {
    package var text: String
    package var swiftName: String

    package init(text: String, swiftName: String) {
        self.text = text
        self.swiftName = swiftName
    }
}

/// A union type: `oneOf` (exactly one matches) or `anyOf` (the first that matches).
package struct UnionModel: Sendable, Equatable {
    package struct Alternative: Sendable, Equatable {
        package var swiftName: String
        package var type: TypeUse
        /// The discriminator's values for this alternative.
        package var tags: [String]

        package init(swiftName: String, type: TypeUse, tags: [String] = []) {
            self.swiftName = swiftName
            self.type = type
            self.tags = tags
        }
    }

    package var alternatives: [Alternative]
    package var isExclusive: Bool
    /// The member whose value selects the alternative, or nil if there is no discriminator.
    package var discriminator: String?

    package init(alternatives: [Alternative], isExclusive: Bool, discriminator: String? = nil) {
        self.alternatives = alternatives
        self.isExclusive = isExclusive
        self.discriminator = discriminator
    }
}

/// A use of a type, with the validation rules of that place.
package indirect enum TypeUse: Sendable, Equatable {
    case text(TextRuleModel)
    case integer(bits: Int, NumberRuleModel)
    case number(NumberRuleModel)
    case bool
    case identifier
    case timestamp
    case date
    /// Bytes, base64 in JSON.
    case bytes(TextRuleModel)
    case array(TypeUse, minimum: Int, maximum: Int?, isUnique: Bool)
    case dictionary(TypeUse)
    case model(String)
    case nullable(TypeUse)
    /// A single allowed value (`const`, or an enum of one value that is not a string), as JSON text.
    case constant(TypeUse, json: String)
    /// Several allowed values that are not strings, as JSON texts.
    case choice(TypeUse, json: [String])
    case any
}

package struct TextRuleModel: Sendable, Equatable {
    package var minimum: Int
    package var maximum: Int?
    /// The name of one of ``Contract/patterns``.
    package var pattern: String?
    /// A case of SpecCore's `TextFormat`.
    package var format: String?
    /// True for a reference that is signed when it is written (`x-signed`).
    package var isSigned = false

    package init(minimum: Int = 0, maximum: Int? = nil, pattern: String? = nil, format: String? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.pattern = pattern
        self.format = format
    }
}

/// Bounds: literals of an integer's type, or any other numbers as JSON.
package struct NumberRuleModel: Sendable, Equatable {
    package var minimum: String?
    package var maximum: String?
    package var above: String?
    package var below: String?
    package var multipleOf: String?

    package init(
        minimum: String? = nil, maximum: String? = nil, above: String? = nil, below: String? = nil,
        multipleOf: String? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.above = above
        self.below = below
        self.multipleOf = multipleOf
    }
}
