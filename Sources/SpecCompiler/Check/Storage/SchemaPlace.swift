/// Finds where `schema.yaml` says what a line of ``SchemaText`` says.
enum SchemaPlace {
    /// The nearest place there is: the thing itself, its table, or the whole file.
    static func of(_ line: String, in root: Node) -> Location {
        let words = line.split(separator: " ").map(String.init)
        let path = words.count > 1 ? words[1].split(separator: ".").map(String.init) : []
        guard let table = path.first.flatMap({ root["tables"]?.member($0) }) else { return root.location }
        return part(words, named: path.last ?? "", in: table.value) ?? table.keyLocation
    }

    private static func part(_ words: [String], named name: String, in table: Node) -> Location? {
        switch words[0] {
        case "column": table["columns"]?.member(name)?.keyLocation
        case "key": table["key"]?.location
        case "unique": list(words[2...], in: table["unique"])
        case "index": list(words[2...], in: table["indexes"])
        case "reference": table["references"]?.member(name)?.keyLocation
        default: nil
        }
    }

    private static func list(_ columns: ArraySlice<String>, in lists: Node?) -> Location? {
        lists?.items.first { $0.items.compactMap(\.string) == Array(columns) }?.location
    }
}
