import ParleyContract
import SpecCore

/// Positions in a conversation: from `first` on and before `before`.
struct PositionRange: Sendable {
    var first: Int64
    var before: Int64

    /// All positions.
    static let all = PositionRange(first: 0, before: .max)

    init(first: Int64, before: Int64) {
        (self.first, self.before) = (first, before)
    }

    /// The range between the edges of a period, or nil if no message is in it.
    init?(_ edges: MessagesQueries.EdgesRow) {
        guard let first = edges.first, let last = edges.last, first <= last else { return nil }
        self.init(first: first, before: last.saturatingAdding(1))
    }

    var isEmpty: Bool { first >= before }
}

/// A requested page of a conversation.
struct PageRequest: Sendable {
    let limit: Int
    let viewer: Identifier
    /// Scope of the cursors of this list.
    let cursorScope: [UInt8]
    /// The words to search for, or nil for all messages.
    let searchTerms: String?
    let pair: Pair
    let isAscending: Bool
    let earliest: Timestamp?
    let latest: Timestamp?

    init(_ input: ListMessages.Input, viewer: Identifier) {
        limit = Int(input.limit)
        self.viewer = viewer
        pair = Pair(viewer, input.with)
        isAscending = input.order == .asc
        earliest = input.from
        latest = input.to
        searchTerms = input.search.map(SearchTokenizer(in: pair).terms)
        var cursorScope = Array("messages".utf8)
        cursorScope.append(viewer)
        cursorScope.append(input.with)
        cursorScope.append(isAscending ? 1 : 0)
        cursorScope.append(bigEndian: earliest?.milliseconds ?? .min)
        cursorScope.append(bigEndian: latest?.milliseconds ?? .max)
        self.cursorScope = cursorScope + Array((input.search ?? "").utf8)
    }

    /// Number of messages to read: one more than the page holds indicates that there is another page.
    var wanted: Int { limit + 1 }

    // MARK: Period

    private static let firstTime = Timestamp(milliseconds: -62_135_596_800_000)
    private static let lastTime = Timestamp(milliseconds: 253_402_300_799_999)

    /// True if only the messages of a period are wanted.
    var hasPeriod: Bool { earliest != nil || latest != nil }

    /// Returns true if a time is within the period.
    func isWithinPeriod(_ time: Timestamp) -> Bool {
        earliest.map { $0 <= time } ?? true && latest.map { time < $0 } ?? true
    }

    /// Query for the positions between which the messages of the period are.
    var edges: Query<MessagesQueries.EdgesRow> {
        MessagesQueries.edges(
            lowId: pair.low, highId: pair.high, earliest: earliest ?? Self.firstTime, latest: latest ?? Self.lastTime)
    }

    // MARK: Page

    /// Returns the part of a range behind the position of a cursor, or nil if nothing is left.
    func range(_ range: PositionRange, from position: Int64?) -> PositionRange? {
        var rest = range
        if let position {
            if isAscending {
                rest.first = max(rest.first, position.saturatingAdding(1))
            } else {
                rest.before = min(rest.before, position)
            }
        }
        return rest.isEmpty ? nil : rest
    }

    func query(_ range: PositionRange) -> Query<MessagesQueries.ViewRow> {
        let query = isAscending ? MessagesQueries.pageUp : MessagesQueries.pageDown
        return query(pair.low, pair.high, range.first, range.before, earliest, latest, Int64(wanted))
    }

    /// Returns the messages of the query in the order of the page, which they mostly have already.
    func ordered(_ found: consuming [Message]) -> [Message] {
        found.sort { isAscending ? $0.seq < $1.seq : $0.seq > $1.seq }
        return found
    }
}
