// Generated from the spec. Edit the spec instead.

#if hasFeature(InternalImportsByDefault)
package import SpecCore
#else
import SpecCore
#endif

/// From paths/pets.yaml#/pets/post/responses/423/content/application~1json/schema.
package struct AddPetLocked: Sendable, Equatable {
    package var free: Int32

    package init(free: Int32) {
        self.free = free
    }
}

extension AddPetLocked: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("free")
        json.integer(self.free)
        json.endObject()
    }
}

/// From schemas/Pet.yaml#/Basket.
package struct Basket: Sendable, Equatable {
    package var type: String
    package var colour: String

    package init(type: String = "basket", colour: String) {
        self.type = type
        self.colour = colour
    }
}

extension Basket: JSONReadable {
    package static func read(_ json: inout JSONReader) throws(JSONFault) -> Basket? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var type: String?
        var colour: String?
        while let member = try json.member(&object) {
            switch member {
            case "type":
                try json.once(0, &object)
                type = try json.chosen("const", ["basket"]) { json throws(JSONFault) -> String? in try json.text() }
            case "colour":
                try json.once(1, &object)
                colour = try json.text(BasketRules.colour)
            default: try json.ignore(&object)
            }
        }
        json.require(0x3, object, [(0, "type"), (1, "colour")])
        guard json.violations.count == mark, let type, let colour else { return nil }
        return Basket(type: type, colour: colour)
    }
}

extension Basket: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("type")
        json.text(self.type)
        json.key("colour")
        json.text(self.colour)
        json.endObject()
    }
}

/// Validation rules of the members of ``Basket``.
private enum BasketRules {
    static let colour = TextRule(maximum: 20)
}

/// The tank it sleeps in.
package indirect enum Home: Sendable, Equatable {
    case basket(Basket)
    case tank(Tank)
}

extension Home: JSONReadable {
    package static func read(_ json: inout JSONReader) throws(JSONFault) -> Home? {
        switch try json.tag("type", of: ["basket", "tank"]) {
        case "basket": return (try Basket.read(&json)).map { .basket($0) }
        case "tank": return (try Tank.read(&json)).map { .tank($0) }
        default: return nil
        }
    }
}

extension Home: JSONWritable {
    package func write(to json: inout JSONWriter) {
        switch self {
        case .basket(let value):
            value.write(to: &json)
        case .tank(let value):
            value.write(to: &json)
        }
    }
}

/// From schemas/Pet.yaml#/Kind.
package enum Kind: String, Sendable, CaseIterable {
    case cat
    case dog
    case snail
}

extension Kind: JSONReadable {
    package static func read(_ json: inout JSONReader) throws(JSONFault) -> Kind? {
        try json.choice(Kind.self, "one of: cat, dog, snail")
    }
}

extension Kind: JSONWritable {
    package func write(to json: inout JSONWriter) { json.text(rawValue) }
}

/// An animal of the shop.
package struct Pet: Sendable, Equatable {
    package var id: Int64
    package var name: String
    package var kind: Kind
    package var born: CalendarDate?
    /// Null when it was wiped.
    package var note: Field<String>
    package var legs: Int32
    package var home: Home
    /// Known for some.
    package var mother: Relative?

    package init(
        id: Int64, name: String, kind: Kind, born: CalendarDate? = nil, note: Field<String> = .absent, legs: Int32 = 4,
        home: Home, mother: Relative? = nil
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.born = born
        self.note = note
        self.legs = legs
        self.home = home
        self.mother = mother
    }
}

extension Pet: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("id")
        json.integer(self.id)
        json.key("name")
        json.text(self.name)
        json.key("kind")
        self.kind.write(to: &json)
        if let present = self.born {
            json.key("born")
            json.date(present)
        }
        switch self.note {
        case .absent: break
        case .null:
            json.key("note")
            json.null()
        case .value(let present):
            json.key("note")
            json.text(present)
        }
        json.key("legs")
        json.integer(self.legs)
        json.key("home")
        self.home.write(to: &json)
        if let present = self.mother {
            json.key("mother")
            present.write(to: &json)
        }
        json.endObject()
    }
}

/// The members to change; the others stay.
package struct PetChange: Sendable, Equatable {
    package var name: String?
    package var note: Field<String>

    package init(name: String? = nil, note: Field<String> = .absent) {
        self.name = name
        self.note = note
    }
}

extension PetChange: JSONReadable {
    package static func read(_ json: inout JSONReader) throws(JSONFault) -> PetChange? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var name: String?
        var note: Field<String> = .absent
        while let member = try json.member(&object) {
            switch member {
            case "name":
                try json.once(0, &object)
                name = try json.text(PetChangeRules.name)
            case "note":
                try json.once(1, &object)
                if try json.null() {
                    note = .null
                } else if let value = try json.text(PetChangeRules.note) {
                    note = .value(value)
                }
            default: try json.unknown(&object)
            }
        }
        guard json.violations.count == mark else { return nil }
        return PetChange(name: name, note: note)
    }
}

/// Validation rules of the members of ``PetChange``.
private enum PetChangeRules {
    static let name = TextRule(minimum: 1, maximum: 40)
    static let note = TextRule(maximum: 200)
}

/// An animal of the shop.
package struct PetInput: Sendable, Equatable {
    package var name: String
    package var kind: Kind
    package var born: CalendarDate?
    /// Null when it was wiped.
    package var note: Field<String>
    package var legs: Int32
    package var home: Home
    /// Known for some.
    package var mother: Relative?
    package var secret: String?

    package init(
        name: String, kind: Kind, born: CalendarDate? = nil, note: Field<String> = .absent, legs: Int32 = 4, home: Home,
        mother: Relative? = nil, secret: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.born = born
        self.note = note
        self.legs = legs
        self.home = home
        self.mother = mother
        self.secret = secret
    }
}

extension PetInput: JSONReadable {
    package static func read(_ json: inout JSONReader) throws(JSONFault) -> PetInput? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var name: String?
        var kind: Kind?
        var born: CalendarDate?
        var note: Field<String> = .absent
        var legs: Int32? = 4
        var home: Home?
        var mother: Relative?
        var secret: String?
        while let member = try json.member(&object) {
            switch member {
            case "name":
                try json.once(0, &object)
                name = try json.text(PetInputRules.name)
            case "kind":
                try json.once(1, &object)
                kind = try Kind.read(&json)
            case "born":
                try json.once(2, &object)
                born = try json.date()
            case "note":
                try json.once(3, &object)
                if try json.null() {
                    note = .null
                } else if let value = try json.text(PetInputRules.note) {
                    note = .value(value)
                }
            case "legs":
                try json.once(4, &object)
                legs = try json.integer(PetInputRules.legs)
            case "home":
                try json.once(5, &object)
                home = try Home.read(&json)
            case "mother":
                try json.once(6, &object)
                mother = try Relative.read(&json)
            case "secret":
                try json.once(7, &object)
                secret = try json.text(PetInputRules.secret)
            case "id": try json.readOnly(&object)
            default: try json.unknown(&object)
            }
        }
        json.require(0x23, object, [(0, "name"), (1, "kind"), (5, "home")])
        guard json.violations.count == mark, let name, let kind, let legs, let home else { return nil }
        return PetInput(
            name: name, kind: kind, born: born, note: note, legs: legs, home: home, mother: mother, secret: secret
        )
    }
}

/// Validation rules of the members of ``PetInput``.
private enum PetInputRules {
    static let name = TextRule(minimum: 1, maximum: 40, pattern: Patterns.petName)
    static let note = TextRule(maximum: 200)
    static let legs = NumberRule<Int32>(minimum: 0)
    static let secret = TextRule(maximum: 40)
}

/// Known for some.
package struct Relative: Sendable, Equatable {
    package var name: String
    private var boxedMother: Boxed<Relative>?
    package var mother: Relative? {
        get { boxedMother?.value }
        set { boxedMother = newValue.map { Boxed($0) } }
    }

    package init(name: String, mother: Relative? = nil) {
        self.name = name
        boxedMother = mother.map { Boxed($0) }
    }
}

extension Relative: JSONReadable {
    package static func read(_ json: inout JSONReader) throws(JSONFault) -> Relative? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var name: String?
        var mother: Relative?
        while let member = try json.member(&object) {
            switch member {
            case "name":
                try json.once(0, &object)
                name = try json.text(RelativeRules.name)
            case "mother":
                try json.once(1, &object)
                mother = try Relative.read(&json)
            default: try json.ignore(&object)
            }
        }
        json.require(0x1, object, [(0, "name")])
        guard json.violations.count == mark, let name else { return nil }
        return Relative(name: name, mother: mother)
    }
}

extension Relative: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("name")
        json.text(self.name)
        if let present = self.mother {
            json.key("mother")
            present.write(to: &json)
        }
        json.endObject()
    }
}

/// Validation rules of the members of ``Relative``.
private enum RelativeRules {
    static let name = TextRule(maximum: 40)
}

/// From schemas/Pet.yaml#/Tank.
package struct Tank: Sendable, Equatable {
    package var type: String
    package var litres: Double

    package init(type: String = "tank", litres: Double) {
        self.type = type
        self.litres = litres
    }
}

extension Tank: JSONReadable {
    package static func read(_ json: inout JSONReader) throws(JSONFault) -> Tank? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var type: String?
        var litres: Double?
        while let member = try json.member(&object) {
            switch member {
            case "type":
                try json.once(0, &object)
                type = try json.chosen("const", ["tank"]) { json throws(JSONFault) -> String? in try json.text() }
            case "litres":
                try json.once(1, &object)
                litres = try json.number(TankRules.litres)
            default: try json.ignore(&object)
            }
        }
        json.require(0x3, object, [(0, "type"), (1, "litres")])
        guard json.violations.count == mark, let type, let litres else { return nil }
        return Tank(type: type, litres: litres)
    }
}

extension Tank: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("type")
        json.text(self.type)
        json.key("litres")
        json.number(self.litres)
        json.endObject()
    }
}

/// Validation rules of the members of ``Tank``.
private enum TankRules {
    static let litres = DecimalRule(maximum: "1000", above: "0")
}
