/// Boxes the properties through which a value would contain itself.
enum Boxing {
    static func box(_ models: [Model]) -> [Model] {
        let edges = Dictionary(uniqueKeysWithValues: models.map { ($0.name, held(by: $0)) })
        let circles = ModelCircles(edges, models.map(\.name))
        return models.map { model in
            guard case .object(var object) = model.shape else { return model }
            for index in object.properties.indices {
                let names = Self.names(object.properties[index].type)
                object.properties[index].isBoxed = names.contains { circles.isSame(model.name, $0) }
            }
            var boxed = model
            boxed.shape = .object(object)
            return boxed
        }
    }

    /// The models stored inline in a value of this one. Unions are `indirect`, so they store none inline.
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
}

/// The strongly connected components of the models: those that hold each other (Tarjan, 1972), found in linear time.
private struct ModelCircles {
    private let edges: [String: [String]]
    private var indexes: [String: Int] = [:]
    private var lows: [String: Int] = [:]
    private var stack: [String] = []
    private var open: Set<String> = []
    private var circles: [String: Int] = [:]
    private var count = 0

    init(_ edges: [String: [String]], _ names: [String]) {
        self.edges = edges
        for name in names where indexes[name] == nil { visit(name) }
    }

    /// True if two models, of which one holds the other, are in one circle.
    func isSame(_ a: String, _ b: String) -> Bool { circles[a] != nil && circles[a] == circles[b] }

    /// Visits depth first with a stack of its own: specs chain more models than a thread's stack has frames.
    private mutating func visit(_ start: String) {
        var path = [(name: start, next: 0)]
        enter(start)
        while let (name, next) = path.last {
            let targets = edges[name] ?? []
            guard next < targets.count else {
                path.removeLast()
                if let parent = path.last?.name { lows[parent] = min(lows[parent] ?? 0, lows[name] ?? 0) }
                close(name)
                continue
            }
            path[path.count - 1].next += 1
            let target = targets[next]
            if indexes[target] == nil {
                enter(target)
                path.append((target, 0))
            } else if open.contains(target) {
                lows[name] = min(lows[name] ?? 0, indexes[target] ?? 0)
            }
        }
    }

    private mutating func enter(_ name: String) {
        indexes[name] = indexes.count
        lows[name] = indexes[name]
        stack.append(name)
        open.insert(name)
    }

    private mutating func close(_ name: String) {
        guard lows[name] == indexes[name] else { return }
        count += 1
        while let member = stack.popLast() {
            open.remove(member)
            circles[member] = count
            if member == name { return }
        }
    }
}
