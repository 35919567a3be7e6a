/// One step of the schema's history, embedded in the binary.
public struct Migration: Sendable {
    /// Four digits and a word: `0001-start`.
    public let name: StaticString
    public let sqlite: StaticString
    public let postgres: StaticString

    @inlinable public init(name: StaticString, sqlite: StaticString, postgres: StaticString) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
    }
}
