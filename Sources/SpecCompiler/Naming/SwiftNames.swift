/// Converts names of the spec to Swift names.
package enum SwiftNames {
    /// Converts to upper camel case: `sendMessage`, `send-message` and `send message` become `SendMessage`.
    package static func upper(_ text: String) -> String {
        let name = words(text).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return name.isEmpty ? "Empty" : legal(name)
    }

    /// Converts to lower camel case: `X-Total` becomes `xTotal`, `URL` becomes `url`, `recipientId` stays.
    package static func lower(_ text: String) -> String {
        let words = words(text)
        guard let first = words.first else { return legal("") }
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return legal(lowerFirst(first) + rest.joined())
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { !(($0.isLetter || $0.isNumber && $0.isASCII) && $0.unicodeScalars.allSatisfy(isIdentifierPart)) }
    }

    /// True for what an identifier of Swift can begin with, and for digits ("The Swift Programming Language",
    /// identifier-head).
    private static func isIdentifierPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        return headRanges.contains { $0.contains(scalar.value) }
    }

    private static let headRanges: [ClosedRange<UInt32>] = [
        0xAA...0xAA, 0xB5...0xB5, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x167F,
        0x1681...0x180D, 0x180F...0x1DBF, 0x1E00...0x1FFF, 0x2071...0x2071, 0x207F...0x207F, 0x2090...0x209C,
        0x2102...0x218F, 0x2460...0x24FF, 0x2C00...0x2DFF, 0x2E80...0x2FFF, 0x3004...0x3007, 0x3021...0x302F,
        0x3031...0xD7FF, 0xF900...0xFD3D, 0xFD40...0xFDCF, 0xFDF0...0xFE1F, 0xFE30...0xFE44, 0xFE47...0xFEFE,
        0xFF21...0xFFDC, 0x10000...0x1FFFD, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]

    private static func lowerFirst(_ word: Substring) -> String {
        if word.allSatisfy({ $0.isUppercase || $0.isNumber }) { return word.lowercased() }
        return word.prefix(1).lowercased() + word.dropFirst()
    }

    private static func legal(_ name: String) -> String {
        guard let first = name.first else { return "empty" }
        return first.isNumber ? "_" + name : name
    }

    /// The name, with a number appended if it is in `taken`.
    package static func unique(_ name: String, in taken: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)\(number)"
            number += 1
        }
        return candidate
    }

    /// Names of types that generated code uses.
    package static let reserved: Set<String> = [
        "Any", "AnyObject", "Array", "Bool", "Character", "Dictionary", "Double", "Error", "Float", "Int", "Int32",
        "Int64", "Never", "Optional", "Protocol", "Result", "Self", "Sendable", "Set", "StaticString", "String",
        "Type", "UInt8", "Void", "Equatable", "Hashable", "Codable", "CaseIterable",
        // Types of SpecCore.
        "OperationResponse", "BodyWriter", "ArrayRule", "Authenticator", "Base64", "BodyStream", "Boxed", "RuleFailure",
        "CalendarDate", "Caller", "Context", "Cookies", "Credential", "Endpoint", "EntityTag", "Field", "FilePart",
        "FileRule", "FormReader", "HeaderField", "HeaderFields", "HeaderText", "Idempotency", "Identifier",
        "OperationRequest",
        "JSONFault",
        "JSONName", "JSONObject", "JSONReadable", "JSONReader", "JSONValue",
        "JSONWritable", "JSONWriter", "BodyFingerprint", "PolicyInput", "RateLimiter", "Mail", "MailSender", "Method",
        "Migration",
        "NamedWrite", "NumberRule", "DecimalRule", "Operation", "ParameterReader", "ParameterText", "PathCaptures",
        "Pattern",
        "Problem",
        "ProblemCode", "Query", "RateLimit", "RequestHead", "RouteTable", "RowColumns", "SQLText", "SQLValue",
        "SecurityAlternative", "SecurityScheme", "Store", "StoreError", "SQLEnum", "SQLList", "StatementText",
        "DatabaseSchema", "TextFormat", "TextRule", "Timestamp",
        "Transaction", "Violation", "Violations", "WriteLocks",
        // Types of generated files.
        "Documents", "Migrations", "Patterns", "Queries", "Routes", "Statements", "Tables",
        // Types of every operation.
        "Form", "Input", "Limits", "Output",
    ]
}
