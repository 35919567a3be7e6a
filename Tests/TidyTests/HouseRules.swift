/// Rules that the compiler does not enforce; each returns the lines that break it.
enum HouseRules {
    static let fileLinesMax = 400

    /// Returns all violations in a file, as `path:line: message`.
    static func issues(to file: SourceFile) -> [String] {
        wrongArrows(in: file) + tooLong(file) + unexplained(in: file) + forbidden(in: file) + unchecked(in: file)
    }

    private static func wrongArrows(in file: SourceFile) -> [String] {
        file.imports.compactMap { name, line in
            Layering.issue(to: name, in: file.module).map { "\(file.path):\(line): \($0)" }
        }
    }

    private static func tooLong(_ file: SourceFile) -> [String] {
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        guard count > fileLinesMax else { return [] }
        return ["\(file.path):1: \(count) lines, the maximum is \(fileLinesMax); split the file by nouns"]
    }

    /// Unchecked concurrency annotations without a reason in a comment.
    private static func unexplained(in file: SourceFile) -> [String] {
        file.lines.indices.compactMap { index in
            guard
                let promise = ["@unchecked Sendable", "nonisolated(unsafe)"].first(where: file.lines[index].contains),
                !file.lines[index].contains("//"),
                index == 0 || !file.lines[index - 1].drop(while: \.isWhitespace).hasPrefix("//")
            else { return nil }
            return
                "\(file.path):\(index + 1): \(promise) needs a reason in a comment on this line or the one before"
        }
    }

    /// Arithmetic that traps, on numbers that come from outside: rows, tokens, positions and times.
    ///
    /// Lines of these forms are found; other places are reviewed by people.
    private static func unchecked(in file: SourceFile) -> [String] {
        // Below these modules `position` is a place in memory; readers check it against the end.
        guard ["ParleyServices", "SpecStorage", "SpecServer", "Parley"].contains(file.module) else { return [] }
        return file.lines.indices.compactMap { index in
            let line = file.lines[index]
            // The cheap test first: in debug builds a regex over every line is slow.
            guard Self.outside.contains(where: line.contains), !line.contains("//"), !line.contains("Stopwatch."),
                line.contains(Self.operation)
            else { return nil }
            return """
                \(file.path):\(index + 1): a number from outside needs saturatingAdding, saturatingSubtracting, \
                adding(milliseconds:) or milliseconds(since:)
                """
        }
    }

    private static let outside = [".milliseconds", "row.", "claims.", "Seq", ".seq", "position", "attempts"]

    private static var operation: Regex<Substring> {
        /(?:\w\.milliseconds|row\.\w+|claims\.\w+|\.\w*[sS]eq|position|attempts) [-+*] (?!\[)/
    }

    private static func forbidden(in file: SourceFile) -> [String] {
        file.lines.indices.compactMap { index in
            guard let word = ["try!", "TODO", "FIXME"].first(where: file.lines[index].contains) else { return nil }
            return "\(file.path):\(index + 1): \(word) is not allowed"
        }
    }
}
