/// A keyword of an object: what its value is, and how the compiler takes it.
struct Keyword: Sendable {
    /// How a keyword is taken; one that is none of the first three is refused.
    enum Use: Sendable {
        /// Generated code checks it at run time.
        case enforced
        /// It became a type, a route or a name.
        case typed
        /// For readers only.
        case documentation
        /// Known to the standard, and nothing here does what it says.
        case refused
    }

    let name: String
    let shape: ValueShape
    let use: Use
    /// The only edition that knows the keyword in this form.
    let edition: Edition?
    /// What to write instead, when it is refused or belongs to the other edition.
    let help: String?

    static func enforced(_ name: String, _ shape: ValueShape, _ edition: Edition? = nil, help: String? = nil) -> Keyword
    {
        Keyword(name: name, shape: shape, use: .enforced, edition: edition, help: help)
    }

    static func typed(_ name: String, _ shape: ValueShape, _ edition: Edition? = nil, help: String? = nil) -> Keyword {
        Keyword(name: name, shape: shape, use: .typed, edition: edition, help: help)
    }

    static func documentation(
        _ name: String, _ shape: ValueShape, _ edition: Edition? = nil, help: String? = nil
    ) -> Keyword {
        Keyword(name: name, shape: shape, use: .documentation, edition: edition, help: help)
    }

    static func refused(_ name: String, _ edition: Edition? = nil, help: String? = nil) -> Keyword {
        Keyword(name: name, shape: .any, use: .refused, edition: edition, help: help)
    }
}

/// What the value of a keyword must look like.
indirect enum ValueShape: Sendable {
    case text
    case bool
    /// An integer that is not negative.
    case count
    /// An integer above zero.
    case positive
    case number
    /// Data of the author's, or something that another rule looks at.
    case any
    /// One of these texts.
    case word([String])
    /// An object that cannot be a `$ref`.
    case object(ObjectKind)
    /// An object, or a `$ref` to one.
    case place(ObjectKind)
    /// A schema, or `true` or `false` in either edition.
    case schemaOrFlag
    case list(ValueShape)
    /// A mapping from names that the author chose.
    case map(ValueShape)
    /// The same, of names that a `$ref` can hold.
    case components(ValueShape)
    /// A schema's `type`.
    case types

    /// What is expected, in messages.
    var expectation: String {
        switch self {
        case .text: "text"
        case .bool: "true or false"
        case .count: "an integer from 0 on"
        case .positive: "an integer from 1 on"
        case .number: "a number"
        case .any: "any value"
        case .word(let words): "one of " + words.joined(separator: ", ")
        case .place(let kind): kind.noun.hasPrefix("a") ? kind.noun : "a mapping"
        case .object, .map, .components: "a mapping"
        case .schemaOrFlag: "a schema, true or false"
        case .list: "a list"
        case .types: "the name of a type"
        }
    }
}
