/// A rate limit of the spec (`x-rate-limit`): a token bucket per key.
public struct RateLimit: Sendable, Equatable {
    /// The requests that take a token.
    public enum Counts: Sendable, Equatable {
        /// Every request.
        case tries
        /// Only requests whose response has one of these problem codes.
        case problems([String])
    }

    /// The stage at which the limit applies: its key is known from the head, or only from the decoded input; or it is
    /// an account that the service looks up and counts itself.
    public enum Stage: Sendable, Equatable {
        case head, input, service
    }

    /// A part of the key that is known from the head.
    public enum KeyPart: Sendable, Equatable {
        case address
        /// /24 of an IPv4 address, /56 of an IPv6 address.
        case addressPrefix
        /// The caller, or the address if the request is anonymous.
        case caller
    }

    /// The behaviour if the shared buckets are unavailable.
    public enum Failure: Sendable, Equatable {
        /// The request is allowed.
        case open
        /// The node's own bucket is used.
        case closed
    }

    public let name: String
    /// The capacity of the bucket, in tokens.
    public let burst: Int
    /// The number of seconds in which an empty bucket refills.
    public let refillSeconds: Int
    public let counts: Counts
    public let stage: Stage
    /// The parts of the key that are known from the head; `input` limits add values that their operation reads from the
    /// input.
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

/// The state of a token bucket.
public struct LimitState: Sendable, Equatable {
    public let isAllowed: Bool
    /// Whole tokens left.
    public let remaining: Int
    /// Seconds, rounded up, until the next token; 0 if one is available.
    public let retryAfterSeconds: Int
    /// Seconds, rounded up, until the bucket is full.
    public let fullInSeconds: Int

    public init(isAllowed: Bool, remaining: Int, retryAfterSeconds: Int, fullInSeconds: Int) {
        self.isAllowed = isAllowed
        self.remaining = remaining
        self.retryAfterSeconds = retryAfterSeconds
        self.fullInSeconds = fullInSeconds
    }
}

/// Token buckets, one per limit and key.
public protocol RateLimiter: Sendable {
    /// Takes a token from the bucket of `limit` and `key`, if available.
    func take(_ limit: RateLimit, key: String) async -> LimitState

    /// Returns a token that was taken for a request whose response does not count.
    func giveBack(_ limit: RateLimit, key: String) async -> LimitState
}
