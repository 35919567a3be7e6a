package import SpecValues

/// A pattern with its automaton, in the form that SpecCore's `Pattern` takes.
package struct PatternModel: Sendable, Equatable {
    package var source: String
    /// The name of its constant.
    package var name = ""
    /// The spec's description of the pattern, for a source that is too long to show to people.
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

extension PatternModel {
    /// True if no text has a match.
    var matchesNothing: Bool { accepting.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }

    /// The automaton as the run time has it.
    package var table: PatternTable {
        Array(classes.utf8).withUnsafeBufferPointer { classes in
            Array(transitions.utf8).withUnsafeBufferPointer { transitions in
                Array(accepting.utf8).withUnsafeBufferPointer { accepting in
                    PatternTable(
                        classes: classes, classCount: classCount, transitions: transitions, accepting: accepting)
                }
            }
        }
    }

    /// Returns true if the text has a match, as the run time does.
    package func matches(_ text: String) -> Bool { table.matches(text) }
}
