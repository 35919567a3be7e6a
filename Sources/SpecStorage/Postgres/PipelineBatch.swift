import CPostgres
import SpecCore

/// Jobs that share one Sync, hence one transaction.
final class PipelineBatch {
    let jobs: [any PipelineJob]
    /// The statements sent for them.
    let statements: [PipelineStatement]
    /// The number of earlier attempts.
    let attempt: Int
    /// The reason that its transaction failed.
    var failure: PostgresFailure?
    /// The number of callers answered before the end; always the first ones.
    var answeredCount = 0

    init(_ jobs: [any PipelineJob], attempt: Int = 0) {
        self.jobs = jobs
        self.attempt = attempt
        statements = PipelineStatement.all(for: jobs)
    }

    var unanswered: ArraySlice<any PipelineJob> { jobs.dropFirst(answeredCount) }

    /// The locks of all jobs, grouped by statement; the statement sorts the keys.
    var locks: [WriteLocks] {
        var groups: [(text: StaticString, keys: [[SQLValue]])] = []
        for locks in jobs.flatMap(\.locks) {
            if let index = groups.firstIndex(where: { $0.text.utf8Start == locks.postgres.utf8Start }) {
                groups[index].keys += locks.keys
            } else {
                groups.append((locks.postgres, locks.keys))
            }
        }
        return groups.map { WriteLocks(postgres: $0.text, keys: $0.keys) }
    }
}

/// The next expected results of the server, in the order of the requests.
enum PipelineEntry {
    case prepare(PostgresConnection.Statement)
    case locks(PipelineBatch)
    case statement(PipelineStatement, PipelineBatch)
    /// The end of a batch, or of a preparation.
    case sync(PipelineBatch?)
}

/// A queue that frees its memory once it is empty.
struct FirstInFirstOut<Element> {
    private var elements: [Element] = []
    private var head = 0

    var first: Element? { head < elements.count ? elements[head] : nil }
    var isEmpty: Bool { head == elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func removeFirst() {
        head += 1
        guard head == elements.count || head >= 1_024 else { return }
        elements.removeFirst(head)
        head = 0
    }

    mutating func removeAll() -> [Element] {
        defer { (elements, head) = ([], 0) }
        return Array(elements[head...])
    }
}

extension FirstInFirstOut: Sendable where Element: Sendable {}
