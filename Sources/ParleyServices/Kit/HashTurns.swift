package import SpecCore

/// The origin of a password to be hashed, for which its turn counts.
package struct HashOrigin: Sendable {
    let network: String
    let account: String
    let client: ClientLink?

    /// - Parameter account: the account's id, or the typed address if there is none.
    package init(network: String, account: String, client: ClientLink?) {
        self.network = network
        self.account = account
        self.client = client
    }

    init(_ context: Context, account: String) {
        self.init(network: AddressPrefix.of(context.address), account: account, client: context.client)
    }

    /// Each name has the kind of its group before it, so that an account cannot have the name of a network.
    var groups: [String] { ["network \(network)", "account \(account)"] }
}

/// Turns of the threads that hash passwords, fair between networks and between accounts.
///
/// One queue for everybody would let one address delay the logins of all others; see ``FairQueue`` for the order.
actor HashTurns {
    /// A suspended request.
    private struct Waiter: Sendable {
        let id: Int
        let client: ClientLink?
        let continuation: CheckedContinuation<Void, any Error>
    }

    private let parallelMax: Int
    private var running = 0
    private var lastID = 0
    private var queue: FairQueue<Waiter>

    init(parallelMax: Int, groupMax: Int, totalMax: Int) {
        self.parallelMax = parallelMax
        queue = FairQueue(groupMax: groupMax, totalMax: totalMax)
    }

    /// Number of requests that wait.
    var waitingCount: Int { queue.count }

    /// Waits for a turn.
    ///
    /// - Throws: ``Problem`` `rate-limited` if too many of this network or account wait, `unavailable` if too many wait
    ///   in all, or if the client has gone.
    func take(_ origin: HashOrigin) async throws {
        removeAbandoned()
        if running < parallelMax {
            running += 1
            return queue.takeFreeTurn(origin.groups, isIdle: running == 1, at: .now)
        }
        lastID += 1
        let id = lastID
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled { return continuation.resume(throwing: Self.abandoned) }
                add(Waiter(id: id, client: origin.client, continuation: continuation), origin)
            }
        } onCancel: {
            Task { await self.cancel(id) }
        }
    }

    private func add(_ waiter: Waiter, _ origin: HashOrigin) {
        switch queue.add(waiter, origin.groups, at: .now) {
        case .added(let evicted):
            for other in evicted { other.continuation.resume(throwing: Self.tooManyOfGroup) }
        case .groupIsFull: waiter.continuation.resume(throwing: Self.tooManyOfGroup)
        case .queueIsFull: waiter.continuation.resume(throwing: Self.tooMany)
        }
    }

    private func cancel(_ id: Int) {
        for waiter in queue.remove(where: { $0.id == id }) { waiter.continuation.resume(throwing: Self.abandoned) }
    }

    /// Hands the turn on.
    func giveBack() {
        removeAbandoned()
        if let waiter = queue.next(at: .now) { waiter.continuation.resume() } else { running -= 1 }
    }

    private func removeAbandoned() {
        for waiter in queue.remove(where: { $0.client?.isGone ?? false }) {
            waiter.continuation.resume(throwing: Self.abandoned)
        }
    }

    private static var tooManyOfGroup: Problem {
        Problem(
            .rateLimited, "Too many passwords of this account or network are being checked; try again in 1 s.",
            retryAfterSeconds: 1)
    }

    private static var tooMany: Problem {
        Problem(.unavailable, "Too many people are signing in; try again.", retryAfterSeconds: 5)
    }

    private static var abandoned: Problem {
        Problem(.unavailable, "The client closed the connection before its password was checked.", retryAfterSeconds: 1)
    }
}
