/// Rules that the compiler does not enforce; each returns the lines that break it.
enum HouseRules {
    static let fileLinesMax = 400

    /// Returns all violations in a file, as `path:line: message`.
    static func issues(to file: SourceFile) -> [String] {
        wrongArrows(in: file) + tooLong(file) + unexplained(in: file) + forbidden(in: file)
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

    private static func forbidden(in file: SourceFile) -> [String] {
        file.lines.indices.compactMap { index in
            guard let word = ["try!", "TODO", "FIXME"].first(where: file.lines[index].contains) else { return nil }
            return "\(file.path):\(index + 1): \(word) is not allowed"
        }
    }
}
