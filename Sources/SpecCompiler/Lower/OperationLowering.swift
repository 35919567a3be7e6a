/// Makes the model of one operation.
struct OperationLowering {
    let documents: SpecDocuments
    let operation: OperationNode

    mutating func lower(_ schemas: inout SchemaLowering) -> OperationModel {
        let id = operation.id
        var model = OperationModel(
            name: SwiftNames.upper(id), methodName: SwiftNames.lower(id), id: id, method: operation.method,
            path: operation.path, file: documents.path(of: operation.node.location),
            service: operation.serviceName)
        model.documentation = documentation
        model.parameters = parameters(&schemas, model.name)
        model.body = body(&schemas, model.name)
        readResponses(into: &model, &schemas)
        model.security = security
        model.limits = limits
        model.idempotency = idempotency(model.parameters)
        return model
    }

    private var documentation: [String] {
        let summary = SpecText.lines(operation.node["summary"]?.string)
        let description = SpecText.lines(operation.node["description"]?.string)
        return summary + (summary.isEmpty || description.isEmpty ? [] : [""]) + description
    }

    // MARK: Parameters

    private func parameters(_ schemas: inout SchemaLowering, _ name: String) -> [ParameterModel] {
        var places: [(node: Node, reference: Reference)] = []
        for (holder, reference) in [
            (operation.pathItem, operation.pathReference), (operation.node, operation.reference),
        ] {
            for (index, item) in (holder["parameters"]?.items ?? []).enumerated() {
                let place = reference.appending("parameters").appending("\(index)")
                guard case .success(let target) = documents.follow(item, at: place) else { continue }
                // An operation's parameter takes the place of the path item's.
                places.removeAll {
                    $0.node["name"]?.string == target.node["name"]?.string
                        && $0.node["in"]?.string == target.node["in"]?.string
                }
                places.append((target.node, target.reference))
            }
        }
        var taken: Set<String> = ["self", "init", "Type", "body"]
        return places.compactMap { parameter($0.node, $0.reference, &schemas, name, &taken) }
    }

    private func parameter(
        _ node: Node, _ reference: Reference, _ schemas: inout SchemaLowering, _ operationName: String,
        _ taken: inout Set<String>
    ) -> ParameterModel? {
        guard let name = node["name"]?.string, let schema = node["schema"], let place = place(of: node, name) else {
            return nil
        }
        let type = schemas.use(
            schema, at: reference.appending("schema"), .read, hint: operationName + SwiftNames.upper(name))
        let flat = FlatSchema(schema, at: reference.appending("schema"), in: documents)
        var presence = PropertyModel.Presence.optional
        if node["required"]?.bool == true {
            presence = .required
        } else if let value = flat["default"], let text = schemas.defaultText(value, type) {
            presence = .defaulted(text)
        }
        return ParameterModel(
            name: name, swiftName: SwiftNames.unique(SwiftNames.lower(name), in: &taken),
            documentation: SpecText.lines(node["description"]?.string), place: place, type: type, presence: presence)
    }

    private func place(of node: Node, _ name: String) -> ParameterModel.Place? {
        switch node["in"]?.string {
        case "query": return .query
        case "header": return .header
        case "cookie": return .cookie
        case "path":
            let names = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                $0.dropFirst().dropLast()
            }
            return names.firstIndex { $0 == name }.map { .path($0) }
        default: return nil
        }
    }

    // MARK: Body

    private func body(_ schemas: inout SchemaLowering, _ name: String) -> BodyModel? {
        let place = operation.reference.appending("requestBody")
        guard let node = operation.node["requestBody"], case .success(let body) = documents.follow(node, at: place),
            let content = body.node["content"]?.members, let first = content.first
        else { return nil }
        let bytesMax = (body.node["x-body-bytes-max"] ?? operation.node["x-body-bytes-max"])?.integer ?? 0
        let isRequired = body.node["required"]?.bool ?? false
        let types = content.map { $0.key.lowercased() }
        let reference = body.reference.appending("content").appending(first.key).appending("schema")
        if content.count == 1, MediaType.isForm(first.key), let schema = first.value["schema"] {
            let form = FormLowering(documents: documents, schema: schema, reference: reference)
                .lower(&schemas, hint: name + "Form")
            return BodyModel(
                kind: .form(form), mediaTypes: types, isRequired: isRequired,
                bytesMax: bytesMax == 0 ? BodySize.bytesMax(of: form) : bytesMax)
        }
        guard content.count == 1, MediaType.isJSON(first.key), let schema = first.value["schema"] else {
            return BodyModel(
                kind: .stream, mediaTypes: types, isRequired: isRequired,
                bytesMax: bytesMax == 0 ? BodySize.unboundedBytes : bytesMax)
        }
        let type = schemas.use(schema, at: reference, .read, hint: name + "Body")
        return BodyModel(kind: .json(type), mediaTypes: types, isRequired: isRequired, bytesMax: bytesMax)
    }

    // MARK: Answers

    private func readResponses(into model: inout OperationModel, _ schemas: inout SchemaLowering) {
        var taken: Set<String> = []
        var produces: [String] = []
        for response in operation.node["responses"]?.members ?? [] {
            let place = operation.reference.appending("responses").appending(response.key)
            guard case .success(let target) = documents.follow(response.value, at: place) else { continue }
            let status = Int(response.key)
            let content = target.node["content"]?.members ?? []
            produces += content.map { $0.key.lowercased() }
            model.problems += problems(target.node, status)
            let range = StatusNames.range(response.key)
            guard isOutput(status ?? range.map { $0 * 100 }, content) else { continue }
            model.outputs.append(output(target, status, range, content, &schemas, model.name, &taken))
        }
        addDefault(to: &model, &schemas)
        model.outputs.sort { $0.rank < $1.rank }
        model.problems.sort { ($0.status, $0.code) < ($1.status, $1.code) }
        var seen: Set<String> = []
        model.produces = produces.filter { seen.insert($0).inserted }
    }

    /// Where nothing else is declared, `default` is the success.
    private func addDefault(to model: inout OperationModel, _ schemas: inout SchemaLowering) {
        let place = operation.reference.appending("responses").appending("default")
        guard model.outputs.isEmpty, let node = operation.node["responses"]?["default"],
            case .success(let target) = documents.follow(node, at: place)
        else { return }
        var taken: Set<String> = []
        model.outputs = [output(target, nil, nil, [], &schemas, model.name, &taken)]
    }

    /// What the service returns: every success, and refusals with a shape of their own.
    private func isOutput(_ status: Int?, _ content: [Node.Member]) -> Bool {
        if let status, status < 400 { return true }
        return content.contains { $0.key.lowercased() != "application/problem+json" }
    }

    private func problems(_ response: Node, _ status: Int?) -> [ProblemModel] {
        guard let status else { return [] }
        let documentation = SpecText.lines(response["description"]?.string)
        return (response["x-problem-codes"]?.items ?? []).compactMap(\.string).map {
            ProblemModel(status: status, code: $0, swiftName: SwiftNames.lower($0), documentation: documentation)
        }
    }

    private func output(
        _ response: SpecDocuments.Target, _ status: Int?, _ range: Int?, _ content: [Node.Member],
        _ schemas: inout SchemaLowering, _ name: String, _ taken: inout Set<String>
    ) -> OutputModel {
        let caseName = SwiftNames.unique(
            range.map(StatusNames.caseName(ofRange:)) ?? StatusNames.caseName(status), in: &taken)
        var output = OutputModel(
            status: status, range: range, caseName: caseName,
            documentation: SpecText.lines(response.node["description"]?.string),
            content: .none)
        let own = content.filter { $0.key.lowercased() != "application/problem+json" }
        if let first = own.first {
            let isChosen = own.count > 1 || first.key.contains("*")
            output.content = isChosen ? .chosen : .raw(mediaType: first.key.lowercased())
            if MediaType.isJSON(first.key), let schema = first.value["schema"] {
                let place = response.reference.appending("content").appending(first.key).appending("schema")
                let hint = name + SwiftNames.upper(caseName)
                output.content = .json(
                    schemas.use(schema, at: place, .write, hint: hint), mediaType: first.key.lowercased())
            }
        }
        output.headers = headers(response, &schemas, name)
        return output
    }

    private func headers(
        _ response: SpecDocuments.Target, _ schemas: inout SchemaLowering, _ name: String
    ) -> [OutputModel.Header] {
        var taken: Set<String> = ["self", "init", "Type", "fields"]
        return (response.node["headers"]?.members ?? []).compactMap { member in
            let place = response.reference.appending("headers").appending(member.key)
            guard member.key.lowercased() != "content-type",
                case .success(let header) = documents.follow(member.value, at: place),
                let schema = header.node["schema"]
            else { return nil }
            let type = schemas.use(
                schema, at: header.reference.appending("schema"), .write, hint: name + SwiftNames.upper(member.key))
            return OutputModel.Header(
                name: member.key, swiftName: SwiftNames.unique(SwiftNames.lower(member.key), in: &taken),
                documentation: SpecText.lines(header.node["description"]?.string), type: type,
                isRequired: header.node["required"]?.bool ?? false)
        }
    }

    // MARK: Policies

    private var security: [SecurityAlternativeModel] {
        let node = operation.node["security"] ?? documents.root["security"]
        return (node?.items ?? []).map { alternative in
            let schemes = alternative.members.compactMap { member in
                scheme(member.key)
            }
            let scopes = alternative.members.flatMap { $0.value.items.compactMap(\.string) }
            return SecurityAlternativeModel(schemes: schemes, scopes: scopes)
        }
    }

    private func scheme(_ name: String) -> SecurityAlternativeModel.Scheme? {
        let place = documents.reference(toDocument: documents.rootPath).appending("components")
            .appending("securitySchemes").appending(name)
        guard let node = documents.root["components"]?["securitySchemes"]?[name],
            case .success(let scheme) = documents.follow(node, at: place)
        else { return nil }
        let field = scheme.node["name"]?.string ?? ""
        switch (scheme.node["type"]?.string, scheme.node["in"]?.string) {
        case ("apiKey", "header"):
            return .init(name: name, carrier: ".header(\(SwiftLiteral.text(field.lowercased())))")
        case ("apiKey", "query"):
            return .init(name: name, carrier: ".query(\(SwiftLiteral.text(field)))", queryName: field)
        case ("apiKey", "cookie"): return .init(name: name, carrier: ".cookie(\(SwiftLiteral.text(field)))")
        default:
            let isBasic = scheme.node["scheme"]?.string?.lowercased() == "basic"
            return .init(name: name, carrier: isBasic ? ".basic" : ".bearer")
        }
    }

    /// The operation's own, and those of the root that none of them replaces.
    private var limits: [LimitModel] {
        let own = operation.node["x-rate-limit"]?.items ?? []
        let replaced = Set(own.flatMap { $0["replaces"]?.items ?? [] }.compactMap(\.string))
        let general = (documents.root["x-rate-limit"]?.items ?? []).filter {
            !replaced.contains($0["name"]?.string ?? "")
        }
        return (own + general).compactMap(LimitModel.init(of:))
    }

    private func idempotency(_ parameters: [ParameterModel]) -> IdempotencyModel? {
        guard let node = operation.node["x-idempotency"], let seconds = node["keepSeconds"]?.integer,
            let parameter = parameters.first(where: { $0.isIdempotencyKey })
        else { return nil }
        return IdempotencyModel(
            keepSeconds: seconds, scope: node["scope"]?.string == "caller" ? "caller" : "addressPrefix",
            swiftName: parameter.swiftName)
    }
}
