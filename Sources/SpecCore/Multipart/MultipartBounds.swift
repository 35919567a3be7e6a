/// Every bound of a form; beyond it the form is refused.
public struct MultipartBounds: Sendable {
    /// How many parts a form can have.
    public var partsMax = 100
    /// How long the head of a part can be.
    public var headBytesMax = 8_192
    /// How long a part can be that is no file.
    public var fieldBytesMax = 65_536
    /// How much may stand before the first boundary; it means nothing.
    public var preambleBytesMax = 1_024
    /// How many spaces may follow a boundary on its line.
    static let paddingBytesMax = 64

    public init() {}
}

/// Why bytes are no form.
public struct MultipartFault: Error, Equatable, CustomStringConvertible {
    /// What came and what would be right.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
