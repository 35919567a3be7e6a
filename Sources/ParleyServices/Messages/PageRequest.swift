import ParleyContract
import SpecCore

/// A page of a conversation that somebody asks for.
struct PageRequest: Sendable {
    let limit: Int
    let viewer: Identifier
    /// What a cursor of this list is bound to.
    let seal: [UInt8]
    /// What to look for; nil: every message.
    let terms: String?
    private let pair: Pair
    private let isAscending: Bool
    private let earliest: Timestamp?
    private let latest: Timestamp?

    init(_ input: ListMessages.Input, viewer: Identifier) {
        limit = Int(input.limit)
        self.viewer = viewer
        pair = Pair(viewer, input.with)
        isAscending = input.order == .asc
        earliest = input.from
        latest = input.to
        terms = input.search.map(MessageWords(in: pair).terms)
        var seal = Array("messages".utf8)
        seal.append(viewer)
        seal.append(input.with)
        seal.append(isAscending ? 1 : 0)
        seal.append(bigEndian: earliest?.milliseconds ?? .min)
        seal.append(bigEndian: latest?.milliseconds ?? .max)
        self.seal = seal + Array((input.search ?? "").utf8)
    }

    /// One message more than the page holds tells whether there is another.
    private var wanted: Int64 { Int64(limit + 1) }

    func query(from position: Int64?) -> Query<MessagesQueries.ViewRow> {
        if isAscending {
            return MessagesQueries.pageUp(
                lowId: pair.low, highId: pair.high, after: position ?? 0, earliest: earliest, latest: latest,
                limit: wanted)
        }
        return MessagesQueries.pageDown(
            lowId: pair.low, highId: pair.high, before: position ?? .max, earliest: earliest, latest: latest,
            limit: wanted)
    }

    /// The messages of the query in the order of the page, which they mostly have already.
    func ordered(_ found: consuming [Message]) -> [Message] {
        found.sort { isAscending ? $0.seq < $1.seq : $0.seq > $1.seq }
        return found
    }

    /// The messages in which the terms occur.
    func hits(of terms: String, from position: Int64?) -> Query<MessagesQueries.HitsDownRow> {
        if isAscending {
            return MessagesQueries.hitsUp(
                lowId: pair.low, highId: pair.high, words: terms, after: position ?? 0, earliest: earliest,
                latest: latest, limit: wanted)
        }
        return MessagesQueries.hitsDown(
            lowId: pair.low, highId: pair.high, words: terms, before: position ?? .max, earliest: earliest,
            latest: latest, limit: wanted)
    }
}
