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

extension PatternModel {
    /// Whether the text has a match: what the run time will say.
    package func matches(_ text: String) -> Bool {
        let classes = Array(classes.utf8)
        let transitions = Array(transitions.utf8)
        let accepting = Array(accepting.utf8)
        var state = 1
        for byte in text.utf8 {
            if accepting[state] == UInt8(ascii: "2") { return true }
            let place = Self.number(classes, Int(byte) * 2, 2)
            state = Self.number(transitions, (state * classCount + place) * 4, 4)
            if state == 0 { return false }
        }
        return accepting[state] != UInt8(ascii: "0")
    }

    private static func number(_ digits: [UInt8], _ start: Int, _ count: Int) -> Int {
        digits[start..<start + count].reduce(0) { $0 << 4 | Int($1 > 0x39 ? $1 - 0x57 : $1 - 0x30) }
    }
}
