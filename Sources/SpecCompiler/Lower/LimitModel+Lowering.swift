extension LimitModel {
    /// Lowers an `x-rate-limit` that has passed Check.
    init?(of node: Node) {
        guard let name = node["name"]?.string, let burst = node["burst"]?.integer,
            let refill = node["refill"]?.integer
        else { return nil }
        let codes = node["counts"]?.isSequence == true ? node["counts"]?.items.compactMap(\.string) : nil
        let key = (node["key"]?.items ?? []).compactMap(\.string).map(Self.keyPart)
        self.init(
            name: name, burst: burst, refillSeconds: refill, problems: codes, key: key,
            failsOpen: node["fail"]?.string == "open")
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
