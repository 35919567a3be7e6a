/// The models whose JSON can hold a reference that is signed (`x-signed`).
struct SignedReach {
    private var signed: Set<String> = []

    init(_ models: [Model]) {
        // A model is signed if it holds a signed text or a signed model: repeated until nothing is added.
        var count = -1
        while signed.count != count {
            count = signed.count
            for model in models where holds(model.shape) { signed.insert(model.name) }
        }
    }

    private func holds(_ shape: Model.Shape) -> Bool {
        switch shape {
        case .enumeration: false
        case .union(let union): union.alternatives.contains { contains($0.type) }
        case .object(let object):
            object.properties.contains { contains($0.type) } || kept(object).map(contains) ?? false
        }
    }

    private func kept(_ object: ObjectModel) -> TypeUse? {
        if case .kept(let type) = object.additional { type } else { nil }
    }

    /// True if a value of the type can hold a reference that is signed.
    func contains(_ type: TypeUse) -> Bool {
        switch type {
        case .text(let rule): rule.isSigned
        case .array(let item, _, _, _), .dictionary(let item), .nullable(let item): contains(item)
        case .model(let name): signed.contains(name)
        default: false
        }
    }
}
