/// A rule that a value breaks: the keyword's code and the message for the client.
public struct RuleFailure: Error, Equatable {
    public let code: String
    public let detail: String

    public init(_ code: String, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
