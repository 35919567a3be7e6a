/// A keyword of an object, with the shape of its value and its use by the compiler.
struct Keyword: Sendable {
    /// The use of a keyword by the compiler.
    enum Use: Sendable {
        /// Checked by generated code at run time.
        case enforced
        /// Compiled into a type, a route or a name.
        case typed
        /// Documentation only.
        case documentation
        /// Defined by the standard but not supported: an error.
        case refused
    }

    let name: String
    let shape: ValueShape
    let use: Use
    /// The only edition that defines the keyword in this form, or nil for both.
    let edition: Edition?
    /// A hint for the replacement, if the keyword is refused or belongs to the other edition.
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

/// The expected shape of a keyword's value.
indirect enum ValueShape: Sendable {
    case text
    case bool
    /// A non-negative integer.
    case count
    /// An integer from 1 to a bound, above which the run time could not count.
    case upTo(Int)
    case number
    /// Arbitrary data, or a value that another rule checks.
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
    /// A list of names, or a mapping from each name to a text or to null.
    case namesOrTexts
    /// A mapping from names that the author chose.
    case map(ValueShape)
    /// The same, of names that a `$ref` can hold.
    case components(ValueShape)
    /// A schema's `type`.
    case types

    /// The expectation as messages phrase it.
    var expectation: String {
        switch self {
        case .text: "text"
        case .bool: "true or false"
        case .count: "an integer of at least 0"
        case .upTo(let most): "an integer from 1 to \(most)"
        case .number: "a number"
        case .any: "any value"
        case .word(let words): "one of " + words.joined(separator: ", ")
        case .place(let kind): kind.noun.hasPrefix("a") ? kind.noun : "a mapping"
        case .object, .map, .components: "a mapping"
        case .schemaOrFlag: "a schema, true or false"
        case .list: "a list"
        case .namesOrTexts: "a list of names or a mapping from names to texts"
        case .types: "the name of a type"
        }
    }
}
