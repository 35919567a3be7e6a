/// The locations of a schema's items, by subject: `table users`, `column users.id`, `unique users email`, and so on.
struct SchemaPlaces {
    private var places: [String: Location] = [:]

    /// The locations in `schema.yaml`.
    init(_ root: Node) {
        for feature in root["framework"]?.members ?? [] {
            let names = feature.value.isMapping ? feature.value.members.map(\.value) : [feature.value]
            for name in names.compactMap(\.string) { places["table \(name)"] = feature.keyLocation }
        }
        for table in root["tables"]?.members ?? [] {
            places["table \(table.key)"] = table.keyLocation
            for column in table.value["columns"]?.members ?? [] {
                places["column \(table.key).\(column.key)"] = column.keyLocation
            }
            places["key \(table.key)"] = table.value["key"]?.location
            places["search \(table.key)"] = table.value["search"]?.location
            for (word, keyword) in [("unique", "unique"), ("index", "indexes")] {
                for item in table.value[keyword]?.items ?? [] {
                    let columns = item.items.compactMap(\.string).joined(separator: " ")
                    places["\(word) \(table.key) \(columns)"] = item.location
                }
            }
            for (word, keyword) in [("reference", "references"), ("check", "checks")] {
                for member in table.value[keyword]?.members ?? [] {
                    places["\(word) \(table.key).\(member.key)"] = member.keyLocation
                }
            }
        }
    }

    /// The locations in the record.
    init(recorded lines: [Node]) {
        for line in lines {
            let words = (line.string ?? "").split(separator: " ")
            let isWhole = ["unique", "index"].contains(words.first ?? "")
            places[words.prefix(isWhole ? words.count : 2).joined(separator: " ")] = line.location
        }
    }

    subscript(_ subject: String) -> Location? { places[subject] }
}
