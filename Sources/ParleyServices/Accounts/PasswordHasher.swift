import CCrypt
import Dispatch
import SpecCore

#if canImport(Glibc)
    import Glibc
#endif

/// Hashes passwords with bcrypt, a few at a time, on threads of its own.
///
/// A hash takes about 170 ms of one core at cost 12, so a storm of logins waits here, in a bounded queue, and
/// not on the event loops.
package actor PasswordHasher {
    /// bcrypt reads no further.
    package static let passwordBytesMax = 72
    /// How many passwords may wait; more are turned away with 503.
    package static let waitingMax = 256

    private let cost: UInt
    private let parallelMax: Int
    private let queue = DispatchQueue(label: "parley.passwords", attributes: .concurrent)
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameters:
    ///   - cost: bcrypt's; each step doubles the time.
    ///   - parallelMax: how many hashes are made at the same time.
    package init(cost: UInt, parallelMax: Int) {
        self.cost = cost
        self.parallelMax = parallelMax
    }

    /// The hash of a password that has at most ``passwordBytesMax`` bytes and no NUL.
    package func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await run {
            guard let setting = Bcrypt.setting(cost: cost), let hash = Bcrypt.hash(password, setting) else {
                throw PasswordHasherError.failed
            }
            return hash
        }
    }

    /// A hash that no password has, to compare with where there is no account; making it takes no time.
    ///
    /// Only its cost and its salt are read, so comparing takes as long as with any other.
    package nonisolated func placeholder() throws -> String {
        guard let setting = Bcrypt.setting(cost: cost) else { throw PasswordHasherError.failed }
        return setting + String(repeating: ".", count: Bcrypt.digestCharacters)
    }

    /// Whether the password belongs to the hash.
    package func isCorrect(_ password: String, for hash: String) async throws -> Bool {
        try await run { Bcrypt.hash(password, hash).map { Bcrypt.areEqual($0, hash) } ?? false }
    }

    /// Whether the hash was made with a lower cost than is asked for now.
    package nonisolated func isOutdated(_ hash: String) -> Bool {
        guard let used = Bcrypt.cost(of: hash) else { return true }
        return used < cost
    }

    private func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }

    private func enter() async throws {
        if running < parallelMax {
            running += 1
            return
        }
        guard waiting.count < Self.waitingMax else {
            throw Problem(.unavailable, "Too many people are signing in; try again.", retryAfterSeconds: 5)
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}

/// libxcrypt did not make a hash: its random source or its memory failed.
enum PasswordHasherError: Error {
    case failed
}

/// bcrypt by libxcrypt's `crypt_r` (`$2b$`).
enum Bcrypt {
    /// The length of what follows cost and salt in a hash.
    static let digestCharacters = 31

    /// A fresh salt; nil when the system has no random bytes.
    static func setting(cost: UInt) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CRYPT_GENSALT_OUTPUT_SIZE)) { buffer in
            crypt_gensalt_rn("$2b$", cost, nil, 0, buffer.baseAddress!, Int32(buffer.count)).map { String(cString: $0) }
        }
    }

    /// nil when the setting is no bcrypt setting.
    static func hash(_ password: String, _ setting: String) -> String? {
        withUnsafeTemporaryAllocation(of: crypt_data.self, capacity: 1) { buffer in
            let data = buffer.baseAddress!
            let size = MemoryLayout<crypt_data>.size
            memset(data, 0, size)
            // The password and its key schedule stand in there.
            defer { explicit_bzero(data, size) }
            guard let hash = crypt_r(password, setting, data), hash[0] != CChar(UInt8(ascii: "*")) else { return nil }
            return String(cString: hash)
        }
    }

    /// The cost in `$2b$12$…`.
    static func cost(of hash: String) -> UInt? {
        let parts = hash.split(separator: "$")
        return parts.count == 3 ? UInt(parts[1]) : nil
    }

    /// Compares without stopping at the first difference.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        guard a.utf8.count == b.utf8.count else { return false }
        return zip(a.utf8, b.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
