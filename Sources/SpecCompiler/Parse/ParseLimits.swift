/// The bounds within which a document of the spec is read; what exceeds one is refused with a caret.
package struct ParseLimits: Sendable {
    /// The largest file.
    package var fileBytesMax = 32 << 20
    /// The longest text of one value or key.
    package var scalarBytesMax = 1 << 20
    /// The longest number, as written.
    package var numberBytesMax = 1_000
    /// How deep mappings and lists may nest, aliases expanded.
    package var depthMax = 100
    /// How many values one document may hold, aliases expanded.
    package var nodesMax = 1_000_000
    /// How many findings one document may have before reading stops.
    package var findingsMax = 1_000

    /// How many `$ref`s may lead on to the next before a value must come.
    package static let referenceChainMax = 100

    package init() {}
}
