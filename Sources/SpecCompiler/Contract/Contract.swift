/// A spec with every name decided: what Lower makes and Print writes down without further choices.
package struct Contract: Sendable, Equatable {
    package var title = ""
    package var version = ""
    /// `internal`, `package` or `public`, from the root's `x-swift`.
    package var access = GenerateOptions.Access.internal
    /// The root document's path: its own operations have their file.
    package var rootPath = ""
    /// In the order of their names.
    package var models: [Model] = []
    /// In the order of the spec.
    package var operations: [OperationModel] = []
    /// One per tag, in the order in which the tags come first.
    package var services: [ServiceModel] = []
    /// The limits of the root.
    package var limits: [LimitModel] = []
    package var patterns: [PatternModel] = []
    /// The whole spec as one JSON document (OpenAPI 3.1), for `/openapi.json`.
    package var openAPIDocument = ""
    /// The same as YAML, for `/openapi.yaml`.
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
    /// Whether a request holds it: a reader is printed.
    package var isRead: Bool
    /// Whether an answer holds it: a writer is printed.
    package var isWritten: Bool
    /// The private enum that holds what the spec says about the members.
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
        /// Allowed and dropped.
        case ignored
        /// Allowed and kept in a dictionary `additional`.
        case kept(TypeUse)
    }

    package var properties: [PropertyModel]
    package var additional: Additional
    /// Names that the schema refuses in this direction (`readOnly` in a request), with the reason's code.
    package var refused: [String]
    /// Lists of members of which at least one must come whole; none where the schema does not ask.
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
        /// `T`: must come, never null.
        case required
        /// `T?`: must come, may be null.
        case requiredNullable
        /// `T?`: may be absent, never null.
        case optional
        /// `Field<T>`: absent, null and value are three things.
        case optionalNullable
        /// `T`: the default stands in where it is absent; the text is a Swift expression.
        case defaulted(String)
    }

    /// The member's name in JSON.
    package var name: String
    package var swiftName: String
    package var documentation: [String]
    package var type: TypeUse
    package var presence: Presence
    /// Whether the value lies behind a reference, because it can hold its own type.
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

/// `oneOf` (exactly one matches) or `anyOf` (the first that matches).
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
    /// The member whose text names the alternative.
    package var discriminator: String?

    package init(alternatives: [Alternative], isExclusive: Bool, discriminator: String? = nil) {
        self.alternatives = alternatives
        self.isExclusive = isExclusive
        self.discriminator = discriminator
    }
}

/// A type where it is used, with the rules of that place.
package indirect enum TypeUse: Sendable, Equatable {
    case text(TextRuleModel)
    case integer(bits: Int, NumberRuleModel)
    case number(NumberRuleModel)
    case bool
    case identifier
    case timestamp
    case date
    /// Base64 in JSON.
    case bytes(TextRuleModel)
    case array(TypeUse, minimum: Int, maximum: Int?, isUnique: Bool)
    case dictionary(TypeUse)
    case model(String)
    case nullable(TypeUse)
    /// A single allowed value (`const`, or an enum of one value that is no text): the JSON text of the value.
    case constant(TypeUse, json: String)
    /// Several allowed values that are no texts: the JSON texts.
    case choice(TypeUse, json: [String])
    case any
}

package struct TextRuleModel: Sendable, Equatable {
    package var minimum: Int
    package var maximum: Int?
    /// An index into ``Contract/patterns``.
    package var pattern: Int?
    /// A case of SpecCore's `TextFormat`.
    package var format: String?

    package init(minimum: Int = 0, maximum: Int? = nil, pattern: Int? = nil, format: String? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.pattern = pattern
        self.format = format
    }
}

/// Bounds as Swift literals of the number's type.
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
