/// Converts libyaml's marks, which count characters from the start of the text, to positions.
///
/// Counted here and not taken from the mark's line, because libyaml also breaks lines at CR, NEL, LS and PS.
struct LineTable {
    /// The index of the first character of each line.
    let starts: [Int]

    func position(ofCharacter index: Int) -> Position {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= index { low = middle } else { high = middle }
        }
        return Position(line: low + 1, column: index - starts[low] + 1)
    }
}
