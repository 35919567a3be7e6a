/// Finds the name that was probably meant, for "did you mean …?".
package enum Suggestion {
    /// The maximum length of a compared name; differences in longer ones are not typing mistakes.
    private static let comparedLengthMax = 100
    private static let distanceMax = 2
    /// The beginning of every hint.
    static let question = "did you mean "

    /// The name nearest to `name`: at most two letters added, dropped, changed or swapped; ties go to the first.
    package static func nearest(_ name: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(name.unicodeScalars.prefix(comparedLengthMax + 1))
        guard !wanted.isEmpty, wanted.count <= comparedLengthMax else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in names where candidate != name {
            guard abs(candidate.utf8.count - name.utf8.count) <= 4 * distanceMax else { continue }
            let distance = caselessEqual(candidate, name) ? 0 : distance(wanted, Array(candidate.unicodeScalars))
            guard distance <= bound(wanted.count) else { continue }
            if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// The hint "did you mean 'User'?", or nil if no name is near.
    package static func help(
        for name: String, among names: some Sequence<String>, prefix: String = ""
    ) -> String? {
        nearest(name, among: names).map { "\(question)'\(prefix)\($0)'?" }
    }

    /// The maximum distance for a name; smaller for short names, because any two two-letter words differ by two
    /// letters.
    private static func bound(_ length: Int) -> Int {
        length <= 2 ? 0 : length <= 4 ? 1 : distanceMax
    }

    private static func caselessEqual(_ a: String, _ b: String) -> Bool {
        a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
    }

    /// The edit distance, with a swap of neighbours counted as one (optimal string alignment).
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
