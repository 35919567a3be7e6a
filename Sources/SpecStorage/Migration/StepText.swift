/// The text of a migration for one engine; its first line may say that it runs otherwise than in one transaction.
struct StepText {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// SQLite: tables are made anew, so foreign keys are off during the step and checked as a whole at its end.
    var isWithoutForeignKeys: Bool { text.hasPrefix("-- without foreign keys\n") }

    /// PostgreSQL: the statements run one by one, each by itself. When one fails, all run again the next time, which
    /// they are written for.
    var isWithoutTransaction: Bool { text.hasPrefix("-- without a transaction\n") }

    /// The statements: each ends with a ';' at the end of a line.
    var statements: [String] {
        var statements: [String] = []
        var lines: [Substring] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("--") {
            lines.append(line)
            if line.hasSuffix(";") {
                statements.append(lines.joined(separator: "\n"))
                lines = []
            }
        }
        return statements + (lines.isEmpty ? [] : [lines.joined(separator: "\n")])
    }
}
