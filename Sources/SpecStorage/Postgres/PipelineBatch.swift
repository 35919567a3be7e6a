import CPostgres
import SpecCore

/// Jobs that share one Sync, hence one transaction.
final class PipelineBatch {
    let jobs: [any PipelineJob]
    /// What is sent for them.
    let statements: [PipelineStatement]
    /// How often it ran before.
    let attempt: Int
    /// Why its transaction came to nothing.
    var failure: PostgresFailure?
    /// How many callers were answered before the end; always the first ones.
    var answeredCount = 0

    init(_ jobs: [any PipelineJob], attempt: Int = 0) {
        self.jobs = jobs
        self.attempt = attempt
        statements = PipelineStatement.all(for: jobs)
    }

    var unanswered: ArraySlice<any PipelineJob> { jobs.dropFirst(answeredCount) }

    /// What all jobs lock, by the statement that does it; the statement sorts.
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

/// What the server will say next, in the order in which it was asked.
enum PipelineEntry {
    case prepare(PostgresConnection.Statement)
    case locks(PipelineBatch)
    case statement(PipelineStatement, PipelineBatch)
    /// The end of a batch, or of what was only prepared.
    case sync(PipelineBatch?)
}

/// A queue that gives its room back once it is empty.
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
