import CPostgres
import SpecCore

/// A statement with the jobs it runs for.
enum PipelineStatement {
    case one(any PipelineJob)
    /// Jobs with the same statement, whose values are sent as arrays.
    case rows([any PipelineJob])

    var text: StaticString {
        switch self {
        case .one(let job): job.text
        case .rows(let jobs): jobs[0].text
        }
    }

    func send(on connection: PostgresConnection) throws {
        let statement = PostgresConnection.Statement(text: text)
        switch self {
        case .one(let job): try connection.send(statement, job.values)
        case .rows(let jobs): try connection.send(statement, arraysOf: jobs.map(\.values))
        }
    }

    /// Passes each job its rows.
    func receive(_ result: OpaquePointer) {
        switch self {
        case .one(let job): job.receive(result, rows: 0..<PQntuples(result))
        case .rows(let jobs): Self.deal(result, to: jobs)
        }
    }

    /// Distributes the rows, which come in the order of the jobs, each with the number of its job in the last column.
    private static func deal(_ result: OpaquePointer, to jobs: [any PipelineJob]) {
        let last = Int(PQnfields(result)) - 1
        let ordinals = (try? PostgresRow.all(of: result) { try $0.integer(last) }) ?? []
        var next = 0
        for (index, job) in jobs.enumerated() {
            let first = next
            while next < ordinals.count, ordinals[next] == index + 1 { next += 1 }
            job.receive(result, rows: Int32(first)..<Int32(next))
        }
        guard next < Int(PQntuples(result)) else { return }
        for job in jobs { job.misread("the rows are not in the order of their writes, numbered in the last column") }
    }

    // MARK: Grouping

    /// Groups jobs into statements. A job that takes rows shares a statement with others of its kind, unless they lock
    /// the same row: then the second gets a later statement, so that it sees the changes of the first.
    static func all(for jobs: [any PipelineJob]) -> [PipelineStatement] {
        guard jobs.contains(where: \.takesRows) else { return jobs.map { .one($0) } }
        var groups: [[any PipelineJob]] = []
        var places: [LockedRow: Int] = [:]
        for job in jobs {
            let rows = job.lockedRows
            let first = rows.reduce(0) { max($0, (places[$1] ?? -1) + 1) }
            let place = groups.indices.dropFirst(first).first { shares(groups[$0][0], with: job) } ?? groups.count
            if place == groups.count { groups.append([]) }
            groups[place].append(job)
            for row in rows { places[row] = place }
        }
        return groups.map { $0[0].takesRows ? .rows($0) : .one($0[0]) }
    }

    private static func shares(_ job: any PipelineJob, with other: any PipelineJob) -> Bool {
        job.takesRows && job.text.utf8Start == other.text.utf8Start
    }
}
