/// The values of a discriminator that select each alternative of a union.
struct DiscriminatorTags {
    struct Tag {
        let text: String
        let location: Location
    }

    /// The values for each alternative: those that the mapping gives it, or else its own `const` or `enum` of the
    /// property, or its name. A mapping to another alternative decides against both.
    let all: [[Tag]]

    init(_ discriminator: Node, of alternatives: [Node], _ documents: SpecDocuments, _ folds: FoldedSchemas) {
        let property = discriminator["propertyName"]?.string ?? ""
        let mapping = (discriminator["mapping"]?.members ?? []).map { member in
            (member: member, target: try? documents.mapped(member.value).get().node)
        }
        all = alternatives.map { alternative in
            let place = documents.reference(toDocument: documents.path(of: alternative.location))
            guard let target = try? documents.follow(alternative, at: place).get() else { return [] }
            let mapped = mapping.filter { $0.target === target.node }.map(\.member)
            guard mapped.isEmpty else { return mapped.map { Tag(text: $0.key, location: $0.keyLocation) } }
            let own = Self.own(folds.fold(alternative).property(property).map { folds.fold($0.value) })
            let name = Tag(text: target.reference.lastName ?? target.reference.stem, location: alternative.location)
            let tags = own.isEmpty ? [name] : own
            return tags.filter { tag in !mapping.contains { $0.member.key == tag.text } }
        }
    }

    private static func own(_ property: FoldedSchema?) -> [Tag] {
        let values = property.map { $0["const"].map { [$0] } ?? $0.enumeration ?? [] } ?? []
        return values.compactMap { value in value.string.map { Tag(text: $0, location: value.location) } }
    }
}

extension SpecDocuments {
    /// The schema that a value of `discriminator.mapping` names: a component's name, or a `$ref`.
    func mapped(_ text: Node) -> Result<Target, Diagnostic> {
        let place = reference(toDocument: path(of: text.location)).appending("components").appending("schemas")
        if let name = text.string, let node = documents[place.file]?["components"]?["schemas"]?[name] {
            return follow(node, at: place.appending(name))
        }
        return resolve(text).flatMap(follow)
    }
}
