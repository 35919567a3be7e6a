// Generated from the spec. Edit the spec instead.

import SpecCore

/// From openapi.yaml#/components/schemas/Thing.
struct Thing: Sendable, Equatable {
    var id: Identifier
    var ownerId: Identifier
    var name: String?

    init(id: Identifier, ownerId: Identifier, name: String? = nil) {
        self.id = id
        self.ownerId = ownerId
        self.name = name
    }
}

extension Thing: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("id")
        json.identifier(self.id)
        json.key("ownerId")
        json.identifier(self.ownerId)
        if let present = self.name {
            json.key("name")
            json.text(present)
        }
        json.endObject()
    }
}
