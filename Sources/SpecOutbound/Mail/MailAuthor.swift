/// Who mails are from.
public struct MailAuthor: Sendable, Equatable {
    /// ASCII words, for people.
    public let name: String
    public let address: String

    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    /// As it stands in the `From` field.
    var field: String { "\(name) <\(address)>" }

    /// What stands behind the `@`.
    var domain: Substring { address.split(separator: "@").last ?? "localhost" }
}
