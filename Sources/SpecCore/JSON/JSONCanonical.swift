/// Bytes that equal JSON values share (JSON Schema 2020-12, 4.2.2): members sorted, numbers by their digits, strings by
/// their code points.
enum JSONCanonical {
    /// The bytes of the value at the current position, which the reader moves past.
    static func bytes(_ json: inout JSONReader) throws(JSONFault) -> [UInt8] {
        json.skipSpace()
        switch json.here {
        case UInt8(ascii: "{"): return try object(&json)
        case UInt8(ascii: "["): return try array(&json)
        case UInt8(ascii: "\""): return string(Array(json.unescaped(try json.stringSpan()).utf8))
        default:
            guard json.isNumberHere else {
                let start = json.position
                try json.skip()
                return Array(json.bytes[start..<json.position])
            }
            return number(try json.numberSpan(), in: json)
        }
    }

    /// The bytes of a whole text.
    static func bytes(of text: String) -> [UInt8]? {
        Array(text.utf8).withUnsafeBufferPointer { bytes -> [UInt8]? in
            guard var json = try? JSONReader(bytes, Violations()) else { return nil }
            return try? Self.bytes(&json)
        }
    }

    /// With its length before it, so that no text looks like two.
    private static func string(_ text: [UInt8]) -> [UInt8] { Array("\"\(text.count):".utf8) + text }

    private static func number(_ span: JSONNumberSpan, in json: JSONReader) -> [UInt8] {
        let text = UnsafeBufferPointer(rebasing: json.bytes[span.start..<span.end])
        return Array((ExactNumber(utf8: text)?.description ?? "").utf8)
    }

    private static func object(_ json: inout JSONReader) throws(JSONFault) -> [UInt8] {
        guard var object = try json.object() else { return [] }
        var members: [[UInt8]] = []
        while try json.member(&object) != nil {
            try json.onceByName(&object)
            let name = string(Array(json.name(of: object).utf8))
            members.append(name + (try bytes(&json)))
        }
        members.sort { $0.lexicographicallyPrecedes($1) }
        return joined(members, "{", "}")
    }

    private static func array(_ json: inout JSONReader) throws(JSONFault) -> [UInt8] {
        guard var items = try json.array() else { return [] }
        var values: [[UInt8]] = []
        while try json.item(&items) { values.append(try bytes(&json)) }
        return joined(values, "[", "]")
    }

    private static func joined(_ parts: [[UInt8]], _ start: Unicode.Scalar, _ end: Unicode.Scalar) -> [UInt8] {
        [UInt8(ascii: start)] + parts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: end)]
    }
}
