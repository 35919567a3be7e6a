/// A `pattern` of the spec, compiled to a table at build time: one step per byte, no backtracking.
///
/// The automaton reads UTF-8 bytes. State 0 is dead: nothing that follows can match. State 1 is the start.
public struct Pattern: Sendable {
    /// The pattern as written in the spec, for messages.
    public let source: StaticString
    /// The description of the pattern, for messages, if the pattern itself is too long to show.
    public let meaning: StaticString?
    /// The class of each byte: 256 entries of two hexadecimal digits.
    let classes: StaticString
    let classCount: Int
    /// The next state for each state and class, as four hexadecimal digits.
    let transitions: StaticString
    /// The kind of each state: `0` (no match), `1` (a match if the text ends here) or `2` (a match whatever follows).
    let accepting: StaticString
    private let table: PatternTable

    public init(
        _ source: StaticString, classes: StaticString, classCount: Int, transitions: StaticString,
        accepting: StaticString, meaning: StaticString? = nil
    ) {
        self.source = source
        self.meaning = meaning
        self.classes = classes
        self.classCount = classCount
        self.transitions = transitions
        self.accepting = accepting
        table = PatternTable(
            classes: PatternTable.bytes(classes), classCount: classCount,
            transitions: PatternTable.bytes(transitions), accepting: PatternTable.bytes(accepting))
    }

    /// True if the pattern matches anywhere in the text, as JSON Schema defines `pattern`.
    public func matches(_ text: String) -> Bool {
        table.matches(text)
    }

    /// The message for the client.
    public var detail: String { meaning.map { "Expected: \($0)" } ?? "Expected text that matches \(source)." }
}
