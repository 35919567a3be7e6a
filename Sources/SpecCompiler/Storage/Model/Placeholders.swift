/// The replacements of `:name` in SQL.
enum Placeholders {
    /// The placeholder of a parameter. PostgreSQL's has a cast, because a null value has no type.
    static func mark(_ number: Int, _ column: ColumnModel, _ engine: SQLEngine) -> String {
        switch (engine, column.isList) {
        case (.sqlite, false): "?\(number)"
        case (.sqlite, true): "spec_list(?\(number))"
        case (.postgres, false): "$\(number)::\(column.type.postgres)"
        case (.postgres, true):
            "(SELECT * FROM unnest($\(number)::\(column.type.postgres)[]) WITH ORDINALITY AS list (value, ordinal))"
        }
    }

    /// A text with the placeholders of its parameters; other names stay.
    static func lower(_ text: String, _ parameters: [ColumnModel], _ engine: SQLEngine) -> String {
        SQLSource.tokens(of: text, engine).map { token in
            let index = token.kind == .placeholder ? parameters.firstIndex { $0.name == token.text } : nil
            return index.map { mark($0 + 1, parameters[$0], engine) } ?? token.written
        }.joined()
    }

    /// The column of ``rows(_:)`` with the row number, and of a list with the number of the element; from 1.
    static let ordinal = "ordinal"

    /// The replacement of `:rows`: a table with one column per parameter, unnested from arrays. A list is an array in
    /// it; it comes as a literal, because arrays of different lengths cannot be nested.
    static func rows(_ parameters: [ColumnModel]) -> String {
        let arrays = parameters.enumerated().map { "$\($0 + 1)::\($1.isList ? "text" : $1.type.postgres)[]" }
        let names = (parameters.map(\.name) + [ordinal]).map { "\"\($0)\"" }
        let values = parameters.map { $0.isList ? "\"\($0.name)\"::\($0.type.postgres)[]" : "\"\($0.name)\"" }
        let columns =
            parameters.contains(where: \.isList) ? (values + ["\"\(ordinal)\""]).joined(separator: ", ") : "*"
        return "(SELECT \(columns) FROM unnest(\(arrays.joined(separator: ", "))) WITH ORDINALITY AS write "
            + "(\(names.joined(separator: ", "))))"
    }
}

/// The text of a statement for an engine, with the places of its tokens in the file.
struct LoweredStatement {
    /// A part of the text and the token that it comes from.
    struct Part {
        /// The offset in bytes.
        let offset: Int
        let token: SQLToken
    }

    private(set) var text = ""
    private(set) var parts: [Part] = []

    mutating func append(_ text: String, from token: SQLToken) {
        parts.append(Part(offset: self.text.utf8.count, token: token))
        self.text += text
    }

    /// The token at an offset of the text.
    func token(at offset: Int) -> SQLToken? { parts.last { $0.offset <= offset }?.token }
}
