extension OperationRules {
    /// A parameter of an operation, with `$ref`s resolved.
    private struct Place {
        let node: Node
        let name: String
        let location: Location
        let kind: String

        /// The identity of the parameter: the names of header fields have no case.
        var key: String { "\(kind) \(kind == "header" ? name.lowercased() : name)" }
    }

    mutating func checkParameters(_ operation: OperationNode) {
        let shared = places(operation.pathItem)
        let own = places(operation.node)
        for list in [shared, own] { refuseTwice(list) }
        let hidden = Set(own.map(\.key))
        let all = shared.filter { !hidden.contains($0.key) } + own
        checkPath(all.filter { $0.kind == "path" }, operation)
        checkNames(all, operation)
    }

    private func places(_ holder: Node) -> [Place] {
        (holder["parameters"]?.items ?? []).compactMap { item in
            guard let node = objects.target(of: item), let name = node["name"], let text = name.string,
                let kind = node["in"]?.string
            else { return nil }
            return Place(node: node, name: text, location: item === node ? name.location : item.location, kind: kind)
        }
    }

    private mutating func refuseTwice(_ list: [Place]) {
        var seen: [String: Place] = [:]
        for place in list {
            guard let first = seen.updateValue(place, forKey: place.key) else { continue }
            findings.error(
                "parameter-twice", "the \(place.kind) parameter '\(place.name)' is declared twice", at: place.location,
                notes: [Diagnostic.Note("first declared here", at: first.location)])
        }
    }

    private mutating func checkPath(_ declared: [Place], _ operation: OperationNode) {
        let template = PathTemplate(operation.path)
        guard template.issue == nil else { return }
        let key = objects.documents.root["paths"]?.member(operation.path)?.keyLocation ?? place(of: operation)
        let names = declared.map(\.name)
        for parameter in declared where !template.names.contains(parameter.name) {
            findings.error(
                "path-parameter", "the path '\(operation.path)' has no '{\(parameter.name)}'", at: parameter.location,
                notes: [Diagnostic.Note("the path is here", at: key)],
                help: Suggestion.help(for: parameter.name, among: template.names))
        }
        for name in template.names where !names.contains(name) {
            findings.error(
                "path-parameter", "the path's parameter '{\(name)}' is not declared", at: key,
                notes: [Diagnostic.Note("this operation does not declare it", at: place(of: operation))],
                help: "add a parameter with in: path and name: \(name)")
        }
    }

    /// Warns of parameters with the same Swift name in `Input`: the second gets a number.
    private mutating func checkNames(_ all: [Place], _ operation: OperationNode) {
        var taken: [String: Location] = [:]
        if let body = operation.node.member("requestBody") { taken["body"] = body.keyLocation }
        for place in all where ["path", "query", "header", "cookie"].contains(place.kind) {
            let name = SwiftNames.lower(place.name)
            guard let first = taken.updateValue(place.location, forKey: name) else { continue }
            if all.contains(where: { $0.key == place.key && $0.node !== place.node }) {
                continue
            }
            findings.warning(
                "parameter-name",
                "another member of the operation's input is called '\(name)' in Swift too, "
                    + "so this one gets a number", at: place.location,
                notes: [Diagnostic.Note("the other one is here", at: first)])
        }
    }
}
