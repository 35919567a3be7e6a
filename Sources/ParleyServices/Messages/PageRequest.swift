import ParleyContract
import SpecCore

/// A page of a conversation that somebody asks for.
struct PageRequest: Sendable {
    let limit: Int
    /// What a cursor of this list is bound to.
    let seal: [UInt8]
    private let pair: Pair
    private let isAscending: Bool
    private let earliest: Timestamp
    private let latest: Timestamp

    init(_ input: ListMessages.Input, caller: Identifier) {
        limit = Int(input.limit)
        pair = Pair(caller, input.with)
        isAscending = input.order == .asc
        earliest = input.from ?? Timestamp(milliseconds: .min)
        latest = input.to ?? Timestamp(milliseconds: .max)
        var seal: [UInt8] = []
        seal.append(caller)
        seal.append(input.with)
        seal.append(isAscending ? 1 : 0)
        seal.append(bigEndian: earliest.milliseconds)
        seal.append(bigEndian: latest.milliseconds)
        self.seal = seal
    }

    /// One row more than the page holds tells whether there is another.
    func query(from position: Int64?) -> Query<MessagesRow> {
        if isAscending {
            return MessagesQueries.pageUp(
                lowId: pair.low, highId: pair.high, after: position ?? 0, earliest: earliest, latest: latest,
                limit: Int64(limit + 1))
        }
        return MessagesQueries.pageDown(
            lowId: pair.low, highId: pair.high, before: position ?? .max, earliest: earliest, latest: latest,
            limit: Int64(limit + 1))
    }
}
