/// The service methods and types that a package's Swift files already have.
struct ServiceSources {
    /// The methods, each with the operation whose input it takes: `addContact AddContact`.
    private var methods: Set<String> = []
    /// The types that conform to a service protocol, by the protocol's name.
    private var types: [String: String] = [:]

    init(_ texts: [String]) {
        for text in texts { read(SwiftWords(text).words[...]) }
    }

    private mutating func read(_ words: ArraySlice<Substring>) {
        var rest = words
        while let word = rest.popFirst() {
            switch word {
            case "func": readMethod(rest)
            case "struct", "class", "actor", "enum", "extension": readType(rest)
            default: break
            }
        }
    }

    /// Reads a method: `name(_ input: Operation.Input …`.
    private mutating func readMethod(_ words: ArraySlice<Substring>) {
        let signature = words.prefix { $0 != "{" && $0 != "}" }
        guard let name = signature.first else { return }
        for (index, word) in zip(signature.indices, signature) where word == "Input" && index > signature.startIndex + 2
        {
            if signature[index - 1] == "." { methods.insert("\(name) \(signature[index - 2])") }
        }
    }

    /// Reads the conformances of a type: `Name: Protocol, Protocol {`.
    private mutating func readType(_ words: ArraySlice<Substring>) {
        let head = words.prefix { $0 != "{" && $0 != "}" && $0 != "=" }
        guard let colon = head.firstIndex(of: ":") else { return }
        let name = head[..<colon].prefix { $0 != "<" }.joined()
        for word in head[colon...] where word.hasSuffix("Service") { types[String(word)] = name }
    }

    func has(_ operation: OperationModel) -> Bool { methods.contains("\(operation.methodName) \(operation.name)") }

    /// The type that implements the service, or nil if there is none.
    func type(of service: ServiceModel) -> String? { types[service.name] }
}
