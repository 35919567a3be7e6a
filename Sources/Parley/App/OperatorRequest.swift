import SpecCore

/// A request of a command to the server that uses the database's file: only that process can change the file.
///
/// It is a file in a folder beside the database, which only the server's own user can write to; the answer is another.
struct OperatorRequest {
    enum Kind: Equatable {
        /// End all sessions of a user, by id or e-mail address.
        case endSessions(of: String)

        /// The text of the request's file.
        var text: String {
            switch self {
            case .endSessions(let user): "end-sessions\n\(user)"
            }
        }

        /// Fails for a request of another release.
        init?(text: String) {
            let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == "end-sessions" else { return nil }
            self = .endSessions(of: String(parts[1]))
        }
    }

    /// An error without an answer, in words for the operator.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The result of a request.
    enum Answer: Equatable {
        case ended(Int)
        case unknownUser
        case failed

        /// The text of the answer's file.
        var text: String {
            switch self {
            case .ended(let count): "ended \(count)"
            case .unknownUser: "unknown user"
            case .failed: "failed"
            }
        }

        init(text: String) {
            let count = text.hasPrefix("ended ") ? Int(text.dropFirst("ended ".count)) : nil
            self = count.map { .ended($0) } ?? (text == Self.unknownUser.text ? .unknownUser : .failed)
        }
    }

    /// Seconds for which a command waits for the answer.
    private static let secondsMax = 10

    private let kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// The folder of the requests to the server that uses a database's file.
    static func folder(ofDatabase path: String) -> String { path + ".requests" }

    /// Hands the request to the server that uses the file, and waits for its answer.
    /// - Returns: the number of ended sessions; nil if there is no such user.
    /// - Throws: ``Failure``.
    func ask(besides path: String) async throws -> Int? {
        let name = "\(Self.folder(ofDatabase: path))/\(Identifier.make())"
        defer { for suffix in [".request", ".answer"] { RequestFile(name + suffix).remove() } }
        let deadline = ContinuousClock.now + .seconds(Self.secondsMax)
        var isSent = false
        while ContinuousClock.now < deadline {
            // A server that has just started may not have its folder yet.
            if !isSent { isSent = RequestFile(name + ".request").write(kind.text) }
            if let text = RequestFile(name + ".answer").read() { return try Self.count(Answer(text: text)) }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Failure(description: "the server that uses \(path) does not respond.")
    }

    private static func count(_ answer: Answer) throws -> Int? {
        switch answer {
        case .ended(let count): return count
        case .unknownUser: return nil
        case .failed: throw Failure(description: "the server could not end the sessions; its log has the reason.")
        }
    }
}
