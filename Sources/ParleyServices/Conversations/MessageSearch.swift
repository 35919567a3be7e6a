import ParleyContract
import SpecCore

/// The search for a page of messages.
///
/// The messages next to the start of the page are read one by one, and further ones as long as so many of them match that
/// this is less work than the index, which finds all matches of the conversation before the first can be taken.
struct MessageSearch {
    /// Number of messages that are read one by one at first.
    static let nearMax: Int64 = 300
    /// Number of messages that are read one by one in all, as a factor of the first ones.
    private static let factorMax: Int64 = 8

    private let page: PageRequest
    private let terms: String
    private let position: Int64?
    private let nearMax: Int64

    /// - Parameters:
    ///   - terms: the terms of a ``SearchTokenizer``, not empty.
    ///   - position: the position of the cursor.
    ///   - nearMax: 0 asks the index only.
    init(of terms: String, on page: PageRequest, from position: Int64?, nearMax: Int64 = MessageSearch.nearMax) {
        self.page = page
        self.terms = terms
        self.position = position
        self.nearMax = nearMax
    }

    /// Returns the ids of the messages of the page, in its order.
    func hits(in transaction: any Transaction) throws -> [Identifier] {
        guard var rest = try range(in: transaction) else { return [] }
        var (found, read, next): ([Identifier], Int64, Int64) = ([], 0, nearMax)
        while next > 0, found.count < page.wanted, !rest.isEmpty {
            found += try near(next, &rest, in: transaction)
            read += next
            next = self.next(afterReading: read, matches: Int64(found.count), rest: rest)
        }
        if found.count < page.wanted, !rest.isEmpty {
            found += try indexed(rest, count: page.wanted - found.count, in: transaction)
        }
        return Array(found.prefix(page.wanted))
    }

    /// Returns how many more messages to read one by one; 0 if the index is less work.
    ///
    /// A message costs about as much as two matches of the index.
    private func next(afterReading read: Int64, matches: Int64, rest: PositionRange) -> Int64 {
        guard matches > 0 else { return 0 }
        let needed = (Int64(page.wanted) - matches) * read / matches + 1
        let indexed = (rest.before - rest.first) * matches / read
        guard needed * 2 <= indexed else { return 0 }
        return min(needed + needed / 4, Self.factorMax * nearMax - read)
    }

    /// Returns the positions to be searched, or nil if there are none.
    private func range(in transaction: any Transaction) throws -> PositionRange? {
        let find = ConversationsTable.find(lowId: page.pair.low, highId: page.pair.high)
        guard let conversation = try transaction.first(find) else { return nil }
        var range = PositionRange(first: 1, before: conversation.lastSeq.saturatingAdding(1))
        if page.hasPeriod {
            guard let period = try transaction.first(page.edges).flatMap(PositionRange.init(_:)) else { return nil }
            range = period
        }
        return page.range(range, from: position)
    }

    /// Takes messages from the start of the page out of the range and returns the matching ones.
    private func near(
        _ count: Int64, _ range: inout PositionRange, in transaction: any Transaction
    ) throws -> [Identifier] {
        var near = range
        if page.isAscending {
            near.before = min(range.before, range.first + count)
            range.first = near.before
        } else {
            near.first = max(range.first, range.before - count)
            range.before = near.first
        }
        let query = MessagesQueries.matches(
            lowId: page.pair.low, highId: page.pair.high, texts: texts, first: near.first, before: near.before,
            earliest: page.earliest, latest: page.latest)
        let found = try transaction.all(query).sorted { page.isAscending ? $0.seq < $1.seq : $0.seq > $1.seq }
        return found.map(\.id)
    }

    /// The terms as they stand in the tokens of a message, which are separated by spaces.
    private var texts: [String] {
        terms.split(separator: " ").map { $0.hasSuffix("*") ? " \($0.dropLast())" : " \($0) " }
    }

    /// Returns the first matches in a range by the index. It reads on for those whose time is not within the period although
    /// their position is: few, as clocks differ little.
    private func indexed(
        _ range: PositionRange, count: Int, in transaction: any Transaction
    ) throws -> [Identifier] {
        let query = page.isAscending ? MessagesQueries.hitsUp : MessagesQueries.hitsDown
        var (found, rest): ([Identifier], PositionRange?) = ([], range)
        while let range = rest, found.count < count {
            let rows = try transaction.all(
                query(page.pair.low, page.pair.high, terms, range.first, range.before, Int64(count)))
            found += rows.filter { page.isWithinPeriod($0.createdAt) }.map(\.id)
            rest = rows.count < count ? nil : page.range(range, from: rows.last?.seq)
        }
        return Array(found.prefix(count))
    }
}
