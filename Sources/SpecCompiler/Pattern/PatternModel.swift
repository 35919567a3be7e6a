/// A pattern with its automaton, in the form that SpecCore's `Pattern` takes.
package struct PatternModel: Sendable, Equatable {
    package var source: String
    /// What it means in the spec's words, where the source is too long to be shown to people.
    package var meaning: String?
    package var classes: String
    package var classCount: Int
    package var transitions: String
    package var accepting: String

    package init(source: String, classes: String, classCount: Int, transitions: String, accepting: String) {
        self.source = source
        self.classes = classes
        self.classCount = classCount
        self.transitions = transitions
        self.accepting = accepting
    }
}
