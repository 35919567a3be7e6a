import CCommonPasswords

/// List of the most common passwords, compiled in (source: see `scripts/common-passwords`).
enum CommonPasswords {
    /// Indicates whether a password is in the list, ignoring case.
    static func contain(_ password: String) -> Bool {
        Array(password.lowercased().utf8).withUnsafeBytes { wanted in
            var lines = Lines(bytes: list)
            while let line = lines.middle {
                let order = compare(lines.bytes[line], UnsafeRawBufferPointer(rebasing: wanted[...]))
                if order == 0 { return true }
                lines.keep(after: order < 0, line)
            }
            return false
        }
    }

    /// Sorted by bytes, each ended by a line feed.
    static var list: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: common_passwords(), count: common_passwords_bytes())
    }

    private static func compare(_ a: Slice<UnsafeRawBufferPointer>, _ b: UnsafeRawBufferPointer) -> Int {
        for (left, right) in zip(a, b) where left != right { return left < right ? -1 : 1 }
        return a.count - b.count
    }

    /// The remaining range of a binary search in a sorted list of lines.
    private struct Lines {
        let bytes: UnsafeRawBufferPointer
        private var rest: Range<Int>

        init(bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
            rest = 0..<bytes.count
        }

        /// The line around the middle, without its line feed, or nil if the range is empty.
        var middle: Range<Int>? {
            guard !rest.isEmpty else { return nil }
            let newline = UInt8(ascii: "\n")
            let centre = rest.lowerBound + rest.count / 2
            let start = bytes[rest.lowerBound..<centre].lastIndex(of: newline).map { $0 + 1 } ?? rest.lowerBound
            return start..<(bytes[centre..<rest.upperBound].firstIndex(of: newline) ?? rest.upperBound)
        }

        mutating func keep(after isAfter: Bool, _ line: Range<Int>) {
            rest =
                isAfter
                ? min(line.upperBound + 1, rest.upperBound)..<rest.upperBound : rest.lowerBound..<line.lowerBound
        }
    }
}
