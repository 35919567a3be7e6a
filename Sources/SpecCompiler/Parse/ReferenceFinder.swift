/// Lists the texts of all `$ref`s of a document, leaving out those that are data: inside an example, a default …
enum ReferenceFinder {
    static func references(in document: Node) -> [Node] {
        var walk = Walk()
        walk.visit(document, as: .object)
        return walk.found
    }

    /// The meaning of a mapping's keys.
    private enum Role {
        /// Keywords of OpenAPI or JSON Schema.
        case object
        /// Names that the author chose.
        case names
        /// Keywords of an Example Object, whose `value` is data.
        case example
        /// Names of Example Objects.
        case examples
    }

    private struct Walk {
        var found: [Node] = []
        /// The visited nodes. Aliases share nodes, so each is visited once, against alias bombs.
        private var visited: Set<ObjectIdentifier> = []

        mutating func visit(_ node: Node, as role: Role) {
            switch node.value {
            case .sequence(let items):
                guard visited.insert(ObjectIdentifier(node)).inserted else { return }
                for item in items { visit(item, as: .object) }
            case .mapping(let members):
                guard visited.insert(ObjectIdentifier(node)).inserted else { return }
                for member in members { visit(member, in: role) }
            default: break
            }
        }

        private mutating func visit(_ member: Node.Member, in role: Role) {
            switch role {
            case .names: return visit(member.value, as: .object)
            case .examples: return visit(member.value, as: .example)
            case .object, .example: break
            }
            if member.key == "$ref", !member.value.isMapping {
                found.append(member.value)
            } else if member.key == "examples", member.value.isMapping {
                visit(member.value, as: .examples)
            } else if !isData(member.key, in: role) {
                visit(member.value, as: ReferenceFinder.nameMaps.contains(member.key) ? .names : .object)
            }
        }

        private func isData(_ key: String, in role: Role) -> Bool {
            ReferenceFinder.dataKeywords.contains(key) || key.hasPrefix("x-") || role == .example && key == "value"
        }
    }

    private static let dataKeywords: Set = ["example", "examples", "default", "enum", "const"]

    private static let nameMaps: Set = [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas", "responses",
        "requestBodies", "headers", "securitySchemes", "links", "callbacks", "pathItems", "paths", "webhooks",
        "parameters", "content", "encoding", "variables", "mapping", "scopes",
    ]
}
