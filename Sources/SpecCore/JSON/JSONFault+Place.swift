extension JSONFault {
    /// The problem response, with the location if it is known.
    @inline(never) @usableFromInline func problem(in bytes: UnsafeBufferPointer<UInt8>) -> Problem {
        let detail = "The body is not valid JSON: byte \(offset): \(message)."
        return Problem(
            .malformed, detail,
            violations: [Violation(.pointer(pointer(in: bytes)), ProblemCode.malformed.name, detail)])
    }

    /// The location of the fault as an RFC 6901 pointer, as far as the bytes before it determine it.
    private func pointer(in bytes: UnsafeBufferPointer<UInt8>) -> String {
        var walk = FaultWalk(bytes: bytes, end: min(offset, bytes.count))
        return walk.pointer()
    }
}

/// A second pass over malformed JSON that finds the members and items open at an offset.
///
/// Nothing is validated, because the bytes before the offset may have other errors.
private struct FaultWalk {
    private enum Step {
        case member(Range<Int>?)
        case item(Int)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    private var steps: [Step] = []
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>, end: Int) {
        self.bytes = bytes
        self.end = end
    }

    mutating func pointer() -> String {
        while position < end, steps.count < JSONReader.depthMax { step() }
        var violations = Violations()
        violations.add(.pointer(""), "", "")
        for case let text? in steps.map(text).reversed() { violations.nest(from: 0, below: text) }
        guard case .pointer(let path)? = violations.list.first?.place else { return "" }
        return path
    }

    private mutating func step() {
        switch bytes[position] {
        case UInt8(ascii: "{"): steps.append(.member(nil))
        case UInt8(ascii: "["): steps.append(.item(0))
        case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = steps.popLast()
        case UInt8(ascii: ","): next()
        case UInt8(ascii: "\""): string()
        default: break
        }
        position += 1
    }

    private mutating func next() {
        switch steps.popLast() {
        case .member?: steps.append(.member(nil))
        case .item(let index)?: steps.append(.item(index + 1))
        case nil: break
        }
    }

    /// A string; the first one of a member is its name.
    private mutating func string() {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        if case .member(nil)? = steps.last, position < bytes.count {
            steps[steps.count - 1] = .member(start..<position + 1)
        }
    }

    private func text(_ step: Step) -> String? {
        switch step {
        case .item(let index): return "\(index)"
        case .member(nil): return nil
        case .member(let range?):
            var violations = Violations()
            let name = UnsafeBufferPointer(rebasing: bytes[range])
            let value = try? JSONReader.decode(JSONValue.self, from: name, &violations)
            guard case .string(let text)? = value else { return nil }
            return text
        }
    }
}
