/// Finds `:name` in SQL, outside of quotes and casts.
enum Placeholders {
    /// What stands for a parameter. PostgreSQL is told its type, which no value tells when it is null.
    static func mark(_ number: Int, _ column: ColumnModel, _ engine: SchemaSQL.Engine) -> String {
        engine == .sqlite ? "?\(number)" : "$\(number)::\(column.type.postgres)"
    }

    /// The column of ``rows(_:)`` that numbers them, from 1.
    static let ordinal = "ordinal"

    /// What stands for `:rows`: a table with a column for each parameter, whose values come as an array.
    static func rows(_ parameters: [ColumnModel]) -> String {
        let arrays = parameters.enumerated().map { mark($0 + 1, $1, .postgres) + "[]" }.joined(separator: ", ")
        let names = (parameters.map(\.name) + [ordinal]).map { "\"\($0)\"" }.joined(separator: ", ")
        return "(SELECT * FROM unnest(\(arrays)) WITH ORDINALITY AS write (\(names)))"
    }

    /// The names behind colons, each as often as it occurs.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        _ = replace(in: text) { name in
            names.append(name)
            return ""
        }
        return names
    }

    static func replace(in text: String, _ mark: (String) -> String?) -> (text: String, unknown: [String]) {
        var result = ""
        var unknown: [String] = []
        var isQuoted = false
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == "'" { isQuoted.toggle() }
            guard character == ":", !isQuoted, let first = rest.first, first.isLetter else {
                result.append(character)
                if character == ":", rest.first == ":" { result.append(rest.removeFirst()) }
                continue
            }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest.dropFirst(name.count)
            if let mark = mark(String(name)) { result += mark } else { unknown.append(String(name)) }
        }
        return (result, unknown)
    }
}
