import Contract
import SpecCore

/// Error for a row that no version of this program can have written.
struct UnreadableRow: Error {
    let column: String
}

extension PetsRow {
    /// The row of a new animal.
    init(id: Int64, of pet: PetInput) {
        self.init(
            id: id, name: pet.name, kind: pet.kind.rawValue, born: pet.born.map { "\($0)" }, note: pet.note.value,
            legs: Int64(pet.legs), home: Column.text(pet.home),
            likes: pet.likes.map { $0.map(\.rawValue).joined(separator: ",") }, mother: pet.mother.map(Column.text),
            photo: nil, orderId: nil)
    }

    /// The animal as clients see it.
    var pet: Pet {
        get throws {
            guard let kind = Kind(rawValue: kind) else { throw UnreadableRow(column: "kind") }
            return Pet(
                id: id, name: name, kind: kind, born: born.flatMap { CalendarDate($0) },
                note: note.map { .value($0) } ?? .null, legs: Int32(legs), home: try Column.value(home),
                likes: likes.map { $0.split(separator: ",").compactMap { Food(rawValue: String($0)) } },
                mother: try mother.map(Column.value))
        }
    }
}

/// Coding of models stored as JSON in a text column.
private enum Column {
    static func text(_ value: some JSONWritable) -> String {
        var json = JSONWriter()
        value.write(to: &json)
        return json.text()
    }

    static func value<Value: JSONReadable>(_ text: String) throws -> Value {
        var violations = Violations()
        let value = try Array(text.utf8).withUnsafeBufferPointer {
            try JSONReader.decode(Value.self, from: $0, &violations)
        }
        guard let value else { throw violations.problem }
        return value
    }
}
