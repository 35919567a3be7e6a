extension StaticString {
    /// True if the texts are equal.
    func equals(_ other: some StringProtocol) -> Bool {
        guard other.utf8.count == utf8CodeUnitCount else { return false }
        var position = 0
        for byte in other.utf8 {
            if byte != utf8Start[position] { return false }
            position += 1
        }
        return true
    }
}
