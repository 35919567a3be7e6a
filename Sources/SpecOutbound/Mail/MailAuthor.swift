/// The sender of mails.
public struct MailAuthor: Sendable, Equatable {
    /// The display name, in ASCII.
    public let name: String
    public let address: String

    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    /// The value of the `From` field.
    var field: String { "\(name) <\(address)>" }

    /// The domain of the address.
    var domain: Substring { address.split(separator: "@").last ?? "localhost" }
}
