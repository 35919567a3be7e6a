/// Builds the model of an operation.
struct OperationLowering {
    let documents: SpecDocuments
    let operation: OperationNode

    mutating func lower(_ schemas: inout SchemaLowering) -> OperationModel {
        let id = operation.id
        var model = OperationModel(
            name: SwiftNames.upper(id), methodName: SwiftNames.lower(id), id: id, method: operation.method,
            path: operation.path, file: documents.path(of: operation.node.location),
            service: operation.serviceName)
        model.serverPath = ServerPath(documents.root["servers"]?.items.first).text
        model.documentation = documentation
        model.parameters = parameters(&schemas, model.name)
        model.body = body(&schemas, model.name)
        readResponses(into: &model, &schemas)
        model.security = security
        model.limits = limits(model.parameters)
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
                // An operation's parameter overrides the path item's.
                places.removeAll { Self.identity(of: $0.node) == Self.identity(of: target.node) }
                places.append((target.node, target.reference))
            }
        }
        var taken: Set<String> = ["self", "init", "Type", "body"]
        return places.compactMap { parameter($0.node, $0.reference, &schemas, name, &taken) }
    }

    /// The place and the name of a parameter; the names of header fields have no case.
    private static func identity(of parameter: Node) -> [String?] {
        let place = parameter["in"]?.string
        let name = parameter["name"]?.string
        return [place, place == "header" ? name?.lowercased() : name]
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
        let folded = schemas.folds.fold(schema, at: reference.appending("schema"))
        var presence = PropertyModel.Presence.optional
        if node["required"]?.bool == true {
            presence = .required
        } else if let value = schemas.validDefault(folded), let text = schemas.defaultText(value, type) {
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
            return PathTemplate(operation.path).names.firstIndex(of: name).map { .path($0) }
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
            var form = FormLowering(documents: documents, schema: schema, reference: reference)
                .lower(&schemas, hint: name + "Form")
            form.isURLEncoded = MediaType.isURLEncoded(first.key)
            return BodyModel(
                kind: .form(form), mediaTypes: types, isRequired: isRequired,
                bytesMax: bytesMax == 0 ? BodySize.bytesMax(of: form) : bytesMax)
        }
        if content.count == 1, MediaType.isText(first.key), let schema = first.value["schema"] {
            let type = SchemaLowering.unwrapped(schemas.use(schema, at: reference, .read, hint: name + "Body")).0
            return BodyModel(
                kind: .text(type), mediaTypes: types, isRequired: isRequired,
                bytesMax: bytesMax == 0 ? BodySize.textBytesMax(of: type) : bytesMax)
        }
        guard content.count == 1, MediaType.isJSON(first.key), let schema = first.value["schema"] else {
            return BodyModel(
                kind: .stream, mediaTypes: types, isRequired: isRequired,
                bytesMax: bytesMax == 0 ? BodySize.unboundedBytes : bytesMax)
        }
        let type = schemas.use(schema, at: reference, .read, hint: name + "Body")
        return BodyModel(kind: .json(type), mediaTypes: types, isRequired: isRequired, bytesMax: bytesMax)
    }

    // MARK: Responses

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
        excludeStatuses(in: &model)
        model.outputs.sort { $0.rank < $1.rank }
        model.problems.sort { ($0.status, $0.code) < ($1.status, $1.code) }
        var seen: Set<String> = []
        model.produces = produces.filter { seen.insert($0).inserted }
    }

    /// Statuses whose responses have no body (RFC 9110, 15.3.5, 15.3.6 and 15.4.5).
    static let bodyless = [204, 205, 304]

    private func excludeStatuses(in model: inout OperationModel) {
        let keys = (operation.node["responses"]?.members ?? []).map(\.key)
        let ranges = keys.compactMap(StatusNames.range).map { $0 * 100...$0 * 100 + 99 }
        let exact = keys.compactMap { Int($0) }
        for index in model.outputs.indices where model.outputs[index].status == nil {
            let output = model.outputs[index]
            let ranged = output.range == nil ? ranges.flatMap(Array.init) : []
            let others = exact + ranged + (output.content == .none ? [] : Self.bodyless)
            model.outputs[index].excluded = Set(others.filter(output.statuses.contains)).sorted()
        }
    }

    /// Adds `default` as the success if no other output is declared.
    private func addDefault(to model: inout OperationModel, _ schemas: inout SchemaLowering) {
        let place = operation.reference.appending("responses").appending("default")
        if operation.node["responses"] == nil {
            model.outputs = [OutputModel(status: 204, caseName: "noContent", content: .none)]
        }
        guard model.outputs.isEmpty, let node = operation.node["responses"]?["default"],
            case .success(let target) = documents.follow(node, at: place)
        else { return }
        var taken: Set<String> = []
        model.outputs = [output(target, nil, nil, [], &schemas, model.name, &taken)]
    }

    /// True for responses that the service returns: every success, and errors with a schema of their own.
    private func isOutput(_ status: Int?, _ content: [Node.Member]) -> Bool {
        if let status, status < 200 { return false }
        if let status, status < 400 { return true }
        return content.contains { $0.key.lowercased() != "application/problem+json" }
    }

    private func problems(_ response: Node, _ status: Int?) -> [ProblemModel] {
        guard let status else { return [] }
        let documentation = SpecText.lines(response["description"]?.string)
        return DeclaredProblem.all(in: response).filter {
            RuntimeProblem.find(status, $0.code)?.isGeneral != true
        }.map {
            ProblemModel(
                status: status, code: $0.code, swiftName: SwiftNames.lower($0.code), documentation: documentation,
                sentence: $0.sentence?.string)
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
            // Null is no header.
            let (bare, isNullable) = SchemaLowering.unwrapped(type)
            return OutputModel.Header(
                name: member.key, swiftName: SwiftNames.unique(SwiftNames.lower(member.key), in: &taken),
                documentation: SpecText.lines(header.node["description"]?.string), type: bare,
                isRequired: !isNullable && header.node["required"]?.bool ?? false)
        }
    }

    // MARK: Policies

    private var security: [SecurityAlternativeModel] {
        let node = operation.node["security"] ?? documents.root["security"]
        return (node?.items ?? []).map { alternative in
            let schemes = alternative.members.compactMap {
                SecurityAlternativeModel.Scheme(named: $0.key, in: documents)
            }
            let scopes = alternative.members.flatMap { $0.value.items.compactMap(\.string) }
            return SecurityAlternativeModel(schemes: schemes, scopes: scopes)
        }
    }

    /// The operation's rate limits, and those of the root that it does not override; none of an empty list.
    private func limits(_ parameters: [ParameterModel]) -> [LimitModel] {
        let list = operation.node["x-rate-limit"]
        let own = list?.items ?? []
        if list != nil, own.isEmpty { return [] }
        let replaced = Set(own.flatMap { $0["replaces"]?.items ?? [] }.compactMap(\.string))
        let general = (documents.root["x-rate-limit"]?.items ?? []).filter {
            !replaced.contains($0["name"]?.string ?? "")
        }
        var limits = (own + general).compactMap(LimitModel.init(of:))
        for (index, node) in own.enumerated() {
            limits[index].swiftName = SwiftNames.lower(limits[index].name)
            limits[index].condition =
                parameters.first {
                    $0.place == .query && "query.\($0.name)" == node["when"]?.string
                }?.swiftName
        }
        return limits
    }

    private func idempotency(_ parameters: [ParameterModel]) -> IdempotencyModel? {
        guard let node = operation.node["x-idempotency"], let seconds = node["keepSeconds"]?.integer,
            let parameter = parameters.first(where: { $0.isIdempotencyKey })
        else { return nil }
        return IdempotencyModel(
            keepSeconds: seconds, scope: node["scope"]?.string == "caller" ? "caller" : "addressPrefix",
            swiftName: parameter.swiftName,
            subjectProperty: node["body"] == nil ? nil : SwiftNames.lower(OperationRules.reloadMember),
            userProperty: node["user"]?.string.map(SwiftNames.lower))
    }
}
