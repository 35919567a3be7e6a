/// The bounds of a document of the spec; a document that exceeds one is an error.
package struct ParseLimits: Sendable {
    /// The maximum size of a file in bytes.
    package var fileBytesMax = 32 << 20
    /// The maximum length of one value or key in bytes.
    package var scalarBytesMax = 1 << 20
    /// The maximum length of a number in bytes, as written.
    package var numberBytesMax = 1_000
    /// The maximum nesting depth of mappings and lists, aliases expanded.
    package var depthMax = 100
    /// The maximum number of values in one document, aliases expanded.
    package var nodesMax = 1_000_000
    /// The maximum number of findings in one document before reading stops.
    package var findingsMax = 1_000

    /// The maximum length of a chain of `$ref`s.
    package static let referenceChainMax = 100

    package init() {}
}
