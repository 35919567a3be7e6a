extension LimitModel {
    /// Lowers an `x-rate-limit` that has passed Check.
    init?(of node: Node) {
        guard let name = node["name"]?.string, let burst = node["burst"]?.integer,
            let refill = node["refill"]?.integer
        else { return nil }
        let codes = node["counts"]?.isSequence == true ? node["counts"]?.items.compactMap(\.string) : nil
        let texts = (node["key"]?.items ?? []).compactMap(\.string)
        self.init(
            name: name, burst: burst, refillSeconds: refill, problems: codes, key: texts.map(Self.keyPart),
            failsOpen: node["fail"]?.string == "open")
        keyTexts = texts
        conditionText = node["when"]?.string
    }

    private static func keyPart(_ text: String) -> KeyPart {
        switch text {
        case "address": .address
        case "address-prefix": .addressPrefix
        case "caller": .caller
        case "account": .account
        default: .body(text.split(separator: ".").dropFirst().map { SwiftNames.lower(String($0)) })
        }
    }
}
