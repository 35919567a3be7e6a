// Generated from the spec. Edit the spec instead.

import SpecCore

/// From openapi.yaml#/paths/~1pictures/post/requestBody/content/multipart~1form-data/schema/properties/place.
struct AddPictureFormPlace: Sendable, Equatable {
    var name: String

    init(name: String) {
        self.name = name
    }
}

extension AddPictureFormPlace: JSONReadable {
    static func read(_ json: inout JSONReader) throws(JSONFault) -> AddPictureFormPlace? {
        guard var object = try json.object() else { return nil }
        let mark = json.violations.count
        var name: String?
        while let member = try json.member(&object) {
            switch member {
            case "name":
                try json.once(0, &object)
                name = try json.text()
            default: try json.unknown(&object)
            }
        }
        json.require(0x1, object, [(0, "name")])
        guard json.violations.count == mark, let name else { return nil }
        return AddPictureFormPlace(name: name)
    }
}

/// From openapi.yaml#/paths/~1pictures/post/parameters/1/schema.
enum AddPictureTheme: String, Sendable, CaseIterable {
    case light
    case dark
}

extension AddPictureTheme: JSONReadable {
    static func read(_ json: inout JSONReader) throws(JSONFault) -> AddPictureTheme? {
        try json.choice(AddPictureTheme.self, "one of: light, dark")
    }
}
