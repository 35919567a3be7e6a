/// A rule that a value broke: the keyword's code and the sentence for the client.
public struct Broken: Error, Equatable {
    public let code: String
    public let detail: String

    public init(_ code: String, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
