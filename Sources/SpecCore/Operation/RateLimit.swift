/// A limit of the spec (`x-rate-limit`): a bucket of tokens per key that refills steadily.
public struct RateLimit: Sendable, Equatable {
    /// What takes a token.
    public enum Counts: Sendable, Equatable {
        /// Every request.
        case tries
        /// Only requests that were answered with one of these problem codes.
        case problems([String])
    }

    /// When it can be asked: its key stands in the head, or only in the decoded input; or it is an account that the service
    /// finds, which then counts by itself.
    public enum Stage: Sendable, Equatable {
        case head, input, service
    }

    /// A part of the key, as far as the head tells it.
    public enum KeyPart: Sendable, Equatable {
        case address
        /// /24 of an IPv4 address, /56 of an IPv6 address.
        case addressPrefix
        /// The caller, or the address where nobody is signed in.
        case caller
    }

    /// What happens when the buckets that nodes share cannot be asked.
    public enum Failure: Sendable, Equatable {
        /// The request goes on.
        case open
        /// The node's own bucket decides.
        case closed
    }

    public let name: String
    /// How many tokens the bucket holds.
    public let burst: Int
    /// In how many seconds an empty bucket is full again.
    public let refillSeconds: Int
    public let counts: Counts
    public let stage: Stage
    /// The parts of the key that the head tells; `input` limits add what their operation reads from the input.
    public let key: [KeyPart]
    public let fail: Failure

    public init(
        name: String, burst: Int, refillSeconds: Int, counts: Counts, stage: Stage, key: [KeyPart],
        fail: Failure = .closed
    ) {
        self.name = name
        self.burst = burst
        self.refillSeconds = refillSeconds
        self.counts = counts
        self.stage = stage
        self.key = key
        self.fail = fail
    }
}

/// What a bucket says.
public struct LimitState: Sendable, Equatable {
    public let isAllowed: Bool
    /// Whole tokens left.
    public let remaining: Int
    /// Seconds, rounded up, until a token is there again; 0 when one is.
    public let retryAfterSeconds: Int
    /// Seconds, rounded up, until the bucket is full again.
    public let fullInSeconds: Int

    public init(isAllowed: Bool, remaining: Int, retryAfterSeconds: Int, fullInSeconds: Int) {
        self.isAllowed = isAllowed
        self.remaining = remaining
        self.retryAfterSeconds = retryAfterSeconds
        self.fullInSeconds = fullInSeconds
    }
}

/// Keeps the buckets.
public protocol Limiter: Sendable {
    /// Takes a token from the bucket of `limit` and `key`, if there is one.
    func take(_ limit: RateLimit, key: String) async -> LimitState

    /// Puts a token back that was taken for a request whose answer does not count.
    func giveBack(_ limit: RateLimit, key: String) async -> LimitState
}
