/// The schema that the migrations have created: the lines of `migrations/recorded.yaml`.
struct RecordedSchema {
    private(set) var tables: [TableModel] = []
    private(set) var places: SchemaPlaces

    init(_ files: SpecFiles) {
        let root = files.files[SpecFiles.recordedPath].flatMap { SpecParser().parse($0).root }
        let lines = root?["schema"]?.items ?? []
        places = SchemaPlaces(recorded: lines)
        for line in lines.compactMap(\.string) { read(line, line.split(separator: " ").map(String.init)) }
    }

    private mutating func read(_ line: String, _ words: [String]) {
        guard words.count > 1 else { return }
        if words[0] == "table" { return tables.append(TableModel(name: words[1])) }
        let name = words[1].split(separator: ".").map(String.init)
        guard let index = tables.firstIndex(where: { $0.name == name[0] }) else { return }
        switch words[0] {
        case "column" where name.count == 2 && words.count == 3:
            if let column = ColumnText.column(name[1], words[2]) { tables[index].columns.append(column) }
        case "key": tables[index].key = Array(words[2...])
        case "unique": tables[index].unique.append(Array(words[2...]))
        case "index": tables[index].indexes.append(Array(words[2...]))
        case "search" where words.count == 3: tables[index].search = words[2]
        case "reference" where name.count == 2 && words.count == 3:
            let target = words[2].split(separator: ".").map(String.init)
            guard target.count == 2 else { return }
            tables[index].references.append(ReferenceModel(column: name[1], table: target[0], target: target[1]))
        case "check" where name.count == 2 && words.count > 2:
            // The texts of a condition keep their spaces.
            let condition = line.split(separator: " ", maxSplits: 2).last.map(String.init) ?? ""
            if let read = try? ConditionReader.read(condition, of: tables[index]) {
                tables[index].checks.append(CheckModel(name: name[1], words: read))
            }
        default: break
        }
    }
}
