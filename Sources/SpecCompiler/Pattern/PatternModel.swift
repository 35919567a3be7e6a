/// A pattern with its automaton, in the form that SpecCore's `Pattern` takes.
package struct PatternModel: Sendable, Equatable {
    package var source: String
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
