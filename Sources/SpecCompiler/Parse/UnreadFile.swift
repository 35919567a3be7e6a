/// A file of the spec's folder that is not read.
struct UnreadFile {
    let path: String
    /// True if the spec has a `schema.yaml`.
    let hasTables: Bool

    /// The way to make it part of the spec, or to remove it.
    var help: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if ["events.yaml", "events.yml", "events.json"].contains(path) {
            return "events and commands are not supported yet; remove the file until they are"
        }
        if name.hasSuffix(".sql") {
            return hasTables
                ? "move it to queries/ or migrations/" : "statements need tables: declare them in schema.yaml"
        }
        if ["schema.yml", "schema.json"].contains(path) { return "name it schema.yaml" }
        if ["yaml", "yml", "json"].contains(where: { name.hasSuffix("." + $0) }) {
            return "refer to it with a $ref, or remove it"
        }
        return "a spec is YAML, JSON and SQL; write notes into a .md file, and keep other files elsewhere"
    }
}
