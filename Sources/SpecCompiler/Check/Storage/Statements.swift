/// The statements of a text: each ends with a ';' at the end of a line, or with the text.
enum Statements {
    static func split(_ lines: [String]) -> [String] {
        var statements: [[String]] = [[]]
        for line in lines {
            var text = Substring(line)
            while text.last == " " { text.removeLast() }
            guard text.last == ";" else {
                statements[statements.count - 1].append(line)
                continue
            }
            statements[statements.count - 1].append(String(text.dropLast()))
            statements.append([])
        }
        return statements.map { $0.joined(separator: "\n") }.filter { !$0.allSatisfy { $0 == " " || $0 == "\n" } }
    }
}
