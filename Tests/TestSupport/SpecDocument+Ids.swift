import SpecCore

extension SpecDocument {
    /// The places of ids in requests besides the path: `operation name` for each parameter and member of the body that
    /// is an id, several ids, or a cursor.
    package var idPlaces: Set<String> {
        var places: Set<String> = []
        for (_, _, operation) in operations {
            let id = operation["operationId"].string ?? ""
            let parameters = operation["parameters"].items.map(resolve).filter { $0["in"] == "query" }
            for parameter in parameters where isId(parameter["schema"]) || parameter["name"] == "cursor" {
                places.insert("\(id) \(parameter["name"].string ?? "")")
            }
            for media in resolve(operation["requestBody"])["content"].members {
                for name in ids(in: media.value["schema"]) { places.insert("\(id) \(name)") }
            }
        }
        return places
    }

    /// The names of the members that are ids, at any depth.
    private func ids(in schema: JSONValue) -> [String] {
        let schema = resolve(schema)
        let own = schema["properties"].members.flatMap { member in
            isId(member.value) ? [member.name] : ids(in: member.value).map { "\(member.name).\($0)" }
        }
        return own + ["allOf", "anyOf", "oneOf"].flatMap { schema[$0].items.flatMap(ids) }
    }

    private func isId(_ schema: JSONValue) -> Bool {
        let schema = resolve(schema)
        if schema["format"] == "uuid" { return true }
        if schema.has("items") { return isId(schema["items"]) }
        return ["allOf", "anyOf", "oneOf"].contains { schema[$0].items.contains(where: isId) }
    }
}
