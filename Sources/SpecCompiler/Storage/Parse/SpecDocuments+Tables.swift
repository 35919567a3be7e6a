extension SpecDocuments {
    /// The `schema.yaml` with the tables; nil without one, and for an OpenAPI document or a part of one that has its
    /// name.
    var tableFile: Node? {
        guard let root = documents["schema.yaml"] else { return nil }
        if root["tables"] != nil || root["framework"] != nil { return root }
        return root["openapi"] != nil || isReferred(to: "schema.yaml") ? nil : root
    }

    private func isReferred(to path: String) -> Bool {
        documents.values.contains { document in
            ReferenceFinder.references(in: document).contains { text in
                (try? resolve(text).get())?.reference.file == path && self.path(of: text.location) != path
            }
        }
    }
}
