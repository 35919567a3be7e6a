/// An operation of the spec with its path item.
struct OperationNode {
    static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    let path: String
    let method: String
    let node: Node
    let reference: Reference
    let pathItem: Node
    let pathReference: Reference

    /// The `operationId`, or a name derived from method and path: `getPetsPetId` for `GET /pets/{petId}`.
    var id: String { node["operationId"]?.string ?? SwiftNames.lower("\(method) \(path)") }
    var tag: String { node["tags"]?.items.first?.string ?? "Default" }
    /// The service protocol that declares it.
    var serviceName: String { SwiftNames.upper(tag) + "Service" }

    /// Returns all operations, in the order of the spec.
    static func all(in documents: SpecDocuments) -> [OperationNode] {
        let paths = documents.reference(toDocument: documents.rootPath).appending("paths")
        return (documents.root["paths"]?.members ?? []).flatMap { path -> [OperationNode] in
            guard case .success(let item) = documents.follow(path.value, at: paths.appending(path.key)) else {
                return []
            }
            return item.node.members.filter { methods.contains($0.key) && $0.value.isMapping }.map {
                OperationNode(
                    path: path.key, method: $0.key, node: $0.value, reference: item.reference.appending($0.key),
                    pathItem: item.node, pathReference: item.reference)
            }
        }
    }
}
