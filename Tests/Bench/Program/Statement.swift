import ArgumentParser
import ParleyContract
import SpecCore

/// `parley-bench statement`: prints the SQL of a send on PostgreSQL, for pgbench to run.
struct Statement: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the statement that stores a message.")

    func run() {
        let id = Identifier.make()
        let send = MessagesQueries.send(
            id: id, lowId: id, highId: id, clientMessageId: id, senderId: id, recipientId: id, body: nil,
            replyToId: nil, now: .now(), sessionId: nil, mediaCount: nil, fingerprint: nil, ids: [],
            tokens: "", lowWaits: 0, highWaits: 0, kind: "")
        print("\(send.postgres)")
    }
}
