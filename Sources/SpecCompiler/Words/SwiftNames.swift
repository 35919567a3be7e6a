/// Turns the spec's names into Swift's.
package enum SwiftNames {
    /// `sendMessage`, `send-message` and `send message` are `SendMessage`.
    package static func upper(_ text: String) -> String {
        legal(words(text).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())
    }

    /// `X-Total` is `xTotal`, `URL` is `url`, `recipientId` stays.
    package static func lower(_ text: String) -> String {
        let words = words(text)
        guard let first = words.first else { return legal("") }
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return legal(lowerFirst(first) + rest.joined())
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { !($0.isLetter || $0.isNumber && $0.isASCII) }
    }

    private static func lowerFirst(_ word: Substring) -> String {
        if word.allSatisfy({ $0.isUppercase || $0.isNumber }) { return word.lowercased() }
        return word.prefix(1).lowercased() + word.dropFirst()
    }

    private static func legal(_ name: String) -> String {
        guard let first = name.first else { return "empty" }
        return first.isNumber ? "_" + name : name
    }

    /// The name, or the name with the first number that makes it unlike `taken`.
    package static func unique(_ name: String, in taken: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)\(number)"
            number += 1
        }
        return candidate
    }

    /// Names of types that generated code uses itself.
    package static let reserved: Set<String> = [
        "Any", "AnyObject", "Array", "Bool", "Character", "Dictionary", "Double", "Error", "Float", "Int", "Int32",
        "Int64", "Never", "Optional", "Protocol", "Result", "Self", "Sendable", "Set", "StaticString", "String",
        "Type", "UInt8", "Void", "Equatable", "Hashable", "Codable", "CaseIterable",
        // SpecCore's.
        "Answer", "AnswerWriter", "ArrayRule", "Authenticator", "Base64", "BodyStream", "Boxed", "Broken",
        "CalendarDate", "Caller", "Context", "Cookies", "Credential", "Endpoint", "EntityTag", "Field", "FilePart",
        "FileRule", "FormReader", "HeaderField", "HeaderFields", "Idempotency", "Identifier", "Incoming", "JSONFault",
        "JSONName", "JSONObject", "JSONReadable", "JSONReader", "JSONValue",
        "JSONWritable", "JSONWriter", "LimitGate", "Limiter", "Mail", "MailSender", "Method", "Migration",
        "NamedWrite", "NumberRule", "Operation", "ParameterReader", "ParameterText", "PathCaptures", "Pattern",
        "Problem",
        "ProblemCode", "Query", "RateLimit", "RequestHead", "RouteTable", "RowColumns", "SQLText", "SQLValue",
        "SecurityAlternative", "SecurityScheme", "Store", "StoreError", "TextFormat", "TextRule", "Timestamp",
        "Transaction", "Violation", "Violations", "WriteLocks",
        // Those of generated files.
        "Documents", "Migrations", "Patterns", "Queries", "Routes", "Tables",
        // Those of every operation.
        "Form", "Input", "Output", "Problems",
    ]
}
