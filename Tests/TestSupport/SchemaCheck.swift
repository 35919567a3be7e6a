import Foundation
package import SpecCore

/// Validates JSON values against the schemas of a served OpenAPI document.
///
/// Written independently of the compiler and the run time, so that it does not share their mistakes.
package struct SchemaCheck: Sendable {
    /// The whole document, for its `$ref`s.
    package let document: JSONValue

    package init(document: JSONValue) {
        self.document = document
    }

    /// The violations of a schema by `value`, each with its place; empty if it is valid.
    package func issues(to value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        let schema = resolve(schema)
        if case .bool(let isAllowed) = schema { return isAllowed ? [] : ["\(place): nothing is allowed here"] }
        return typeIssues(value, schema, place) + valueIssues(value, schema, place)
            + textIssues(value, schema, place) + numberIssues(value, schema, place)
            + listIssues(value, schema, place) + objectIssues(value, schema, place)
            + combined(value, schema, place)
    }

    /// The target of a `$ref` in the document.
    package func resolve(_ node: JSONValue) -> JSONValue {
        guard let reference = node["$ref"].string, reference.hasPrefix("#/") else { return node }
        let steps = reference.dropFirst(2).split(separator: "/").map {
            $0.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(of: "~0", with: "~")
        }
        return resolve(steps.reduce(document) { $0[$1] })
    }

    private func typeIssues(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        let types = schema["type"].string.map { [$0] } ?? schema["type"].items.compactMap(\.string)
        guard !types.isEmpty, !types.contains(where: { Self.isType($0, value) }) else { return [] }
        return ["\(place): \(value.text.prefix(80)) is not of type \(types.joined(separator: " or "))"]
    }

    private static func isType(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
            ("string", .string), ("array", .array), ("object", .object):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private func valueIssues(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        var found: [String] = []
        if schema.has("enum"), !schema["enum"].items.contains(where: { $0.canonicalText == value.canonicalText }) {
            found.append("\(place): \(value.text) is not one of \(schema["enum"].text)")
        }
        if schema.has("const"), schema["const"].canonicalText != value.canonicalText {
            found.append("\(place): \(value.text) is not \(schema["const"].text)")
        }
        return found
    }

    private func textIssues(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard case .string(let text) = value else { return [] }
        var found: [String] = []
        let count = Int64(text.unicodeScalars.count)
        if let minimum = schema["minLength"].integer, count < minimum {
            found.append("\(place): shorter than \(minimum)")
        }
        if let maximum = schema["maxLength"].integer, count > maximum {
            found.append("\(place): longer than \(maximum)")
        }
        if let pattern = schema["pattern"].string, !Self.matches(text, pattern) {
            found.append("\(place): '\(text.prefix(80))' does not match \(pattern)")
        }
        if let format = schema["format"].string, !Self.hasFormat(text, format) {
            found.append("\(place): '\(text.prefix(80))' is no \(format)")
        }
        return found
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let expression = try? NSRegularExpression(pattern: pattern) else { return false }
        return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }

    private static func hasFormat(_ text: String, _ format: String) -> Bool {
        switch format {
        case "uuid": matches(text, "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
        case "date-time":
            matches(text, "^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$")
        case "email": matches(text, "^[^@\\s]+@[^@\\s]+$")
        default: true
        }
    }

    private func numberIssues(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard let number = Self.number(value) else { return [] }
        var found: [String] = []
        if let minimum = Self.number(schema["minimum"]), number < minimum { found.append("\(place): below \(minimum)") }
        if let maximum = Self.number(schema["maximum"]), number > maximum { found.append("\(place): above \(maximum)") }
        if schema["format"].string == "int32", Int32(exactly: number) == nil { found.append("\(place): no int32") }
        return found
    }

    private static func number(_ value: JSONValue) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    private func listIssues(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard case .array(let items) = value else { return [] }
        var found: [String] = []
        if let minimum = schema["minItems"].integer, items.count < minimum { found.append("\(place): too few items") }
        if let maximum = schema["maxItems"].integer, items.count > maximum { found.append("\(place): too many items") }
        if schema["uniqueItems"] == true, Set(items.map(\.canonicalText)).count < items.count {
            found.append("\(place): an item stands there twice")
        }
        if schema.has("items") {
            for (index, item) in items.enumerated() {
                found += issues(to: item, schema["items"], at: "\(place)/\(index)")
            }
        }
        return found
    }

    private func objectIssues(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard case .object(let members) = value else { return [] }
        var found = schema["required"].items.compactMap(\.string).filter { !value.has($0) }
            .map { "\(place)/\($0): is required" }
        for member in members {
            if schema["properties"].has(member.name) {
                found += issues(
                    to: member.value, schema["properties"][member.name], at: "\(place)/\(member.name)")
            } else if schema["additionalProperties"] == false {
                found.append("\(place)/\(member.name): is unknown")
            } else if schema.has("additionalProperties") {
                found += issues(to: member.value, schema["additionalProperties"], at: "\(place)/\(member.name)")
            }
        }
        return found
    }

    private func combined(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        var found = schema["allOf"].items.flatMap { issues(to: value, $0, at: place) }
        for keyword in ["oneOf", "anyOf"] where schema.has(keyword) {
            let count = schema[keyword].items.count { issues(to: value, $0, at: place).isEmpty }
            if count == 0 || keyword == "oneOf" && count > 1 { found.append("\(place): \(count) match of \(keyword)") }
        }
        return found
    }
}
