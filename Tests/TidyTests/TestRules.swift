/// Rules for tests; each returns the lines that break it.
enum TestRules {
    static func issues(to file: SourceFile) -> [String] { unbounded(file) + ticking(file) }

    /// Suites that wait, and have no time limit: then a test hangs instead of failing.
    private static func unbounded(_ file: SourceFile) -> [String] {
        let starts = file.lines.indices.filter { file.lines[$0].contains("@Suite") }
        let ends = starts.dropFirst() + [file.lines.count]
        return zip(starts, ends).compactMap { start, end in
            guard !file.lines[start].contains(".timeLimit(") else { return nil }
            let signatures = signatures(Array(file.lines[start..<end]))
            guard signatures.contains(where: { $0.contains(") async") && !$0.contains(".timeLimit(") }) else {
                return nil
            }
            return "\(file.path):\(start + 1): a suite with asynchronous tests needs a .timeLimit"
        }
    }

    /// The tests of a suite, each from its attribute to its first brace.
    private static func signatures(_ lines: [String]) -> [String] {
        lines.indices.filter { lines[$0].contains("@Test") }.map { start in
            let end = lines[start...].firstIndex { $0.hasSuffix("{") } ?? lines.endIndex - 1
            return lines[start...end].joined(separator: " ")
        }
    }

    /// Clocks that follow the wall clock.
    private static func ticking(_ file: SourceFile) -> [String] {
        file.lines.indices.filter { file.lines[$0].contains("{ .now() }") }.map {
            "\(file.path):\($0 + 1): a clock in a test stands still until the test moves it (TestClock)"
        }
    }
}
