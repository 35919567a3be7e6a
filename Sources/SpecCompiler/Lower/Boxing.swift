/// Finds the properties through which a value would hold itself, and puts them behind a reference.
enum Boxing {
    static func box(_ models: [Model]) -> [Model] {
        let edges = Dictionary(uniqueKeysWithValues: models.map { ($0.name, held(by: $0)) })
        return models.map { model in
            guard case .object(var object) = model.shape else { return model }
            for index in object.properties.indices {
                let names = Self.names(object.properties[index].type)
                object.properties[index].isBoxed = names.contains { reaches(model.name, from: $0, edges) }
            }
            var boxed = model
            boxed.shape = .object(object)
            return boxed
        }
    }

    /// The models that lie inside a value of this one. Unions are `indirect`, so nothing lies inside them.
    private static func held(by model: Model) -> [String] {
        guard case .object(let object) = model.shape else { return [] }
        return object.properties.flatMap { names($0.type) }
    }

    private static func names(_ type: TypeUse) -> [String] {
        switch type {
        case .model(let name): [name]
        case .nullable(let inner): names(inner)
        default: []
        }
    }

    private static func reaches(_ goal: String, from start: String, _ edges: [String: [String]]) -> Bool {
        var visited: Set<String> = []
        var waiting = [start]
        while let name = waiting.popLast() {
            if name == goal { return true }
            if visited.insert(name).inserted { waiting += edges[name] ?? [] }
        }
        return false
    }
}
