import CCrypt
import Crypto
import Dispatch
import SpecCore

#if canImport(Glibc)
    import Glibc
#endif

/// Hashes passwords with bcrypt on a small bounded pool of threads.
///
/// A hash takes about 170 ms of one core at cost 12, so a burst of logins waits in a bounded queue instead of
/// blocking the event loops; ``HashTurns`` keeps one client's burst from delaying the others.
package struct PasswordHasher: Sendable {
    /// Maximum length in bytes of what bcrypt reads; it ignores further bytes.
    static let bcryptBytesMax = 72
    /// Mark before the hash of a longer password: bcrypt hashed its SHA-384, in base64, instead.
    static let longMark = "sha384:"
    /// Maximum number of waiting passwords; further ones are rejected with 503.
    package static let waitingMax = 256
    /// Maximum number of waiting passwords of an account, and of a network; further ones are rejected with 429.
    package static let waitingPerGroupMax = 3

    private let cost: UInt
    private let queue = DispatchQueue(label: "parley.passwords", attributes: .concurrent)
    let turns: HashTurns

    /// - Parameters:
    /// - cost: bcrypt cost; each step doubles the time.
    /// - parallelMax: maximum number of hashes computed at the same time.
    /// - waitingPerGroupMax: maximum number of waiting passwords of an account, and of a network.
    package init(cost: UInt, parallelMax: Int, waitingPerGroupMax: Int) {
        self.cost = cost
        turns = HashTurns(parallelMax: parallelMax, groupMax: waitingPerGroupMax, totalMax: Self.waitingMax)
    }

    /// Returns the hash of a password without NUL.
    package func hash(_ password: String, for origin: HashOrigin) async throws -> String {
        let (cost, isLong) = (cost, Self.isLong(password))
        let text = isLong ? Self.digest(password) : password
        return try await run(origin) {
            guard let setting = Bcrypt.setting(cost: cost), let hash = Bcrypt.hash(text, setting) else {
                throw PasswordHasherError.failed
            }
            return isLong ? Self.longMark + hash : hash
        }
    }

    /// Returns a hash that matches no password, for comparisons where there is no account. Takes no time to make.
    ///
    /// Only its cost and its salt are read, so a comparison takes as long as with any other hash.
    package func placeholder() throws -> String {
        guard let setting = Bcrypt.setting(cost: cost) else { throw PasswordHasherError.failed }
        return setting + String(repeating: ".", count: Bcrypt.digestCharacters)
    }

    /// Returns true if the password matches the hash.
    package func isCorrect(_ password: String, hash: String, for origin: HashOrigin) async throws -> Bool {
        let text = Self.isMarked(hash) ? Self.digest(password) : password
        let setting = Self.unmarked(hash)
        return try await run(origin) { Bcrypt.hash(text, setting).map { Bcrypt.areEqual($0, setting) } ?? false }
    }

    /// Returns false if a password cannot be that of the hash, because of its length.
    func canMatch(_ password: String, _ hash: String) -> Bool { Self.isLong(password) == Self.isMarked(hash) }

    private static func isLong(_ password: String) -> Bool { password.utf8.count > bcryptBytesMax }
    private static func isMarked(_ hash: String) -> Bool { hash.hasPrefix(longMark) }
    private static func unmarked(_ hash: String) -> String {
        isMarked(hash) ? String(hash.dropFirst(longMark.count)) : hash
    }

    private static func digest(_ password: String) -> String {
        Base64.encode(Array(SHA384.hash(data: Array(password.utf8))))
    }

    /// Returns true if the hash was made with a lower cost than the current one.
    package func isOutdated(_ hash: String) -> Bool {
        guard let used = Bcrypt.cost(of: Self.unmarked(hash)) else { return true }
        return used < cost
    }

    private func run<Result: Sendable>(
        _ origin: HashOrigin, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await turns.take(origin)
        do {
            let result = try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Swift.Result { try work() }) }
            }
            await turns.giveBack()
            return result
        } catch {
            await turns.giveBack()
            throw error
        }
    }
}

/// Failure of libxcrypt to make a hash: its random source or its memory failed.
enum PasswordHasherError: Error {
    case failed
}

/// bcrypt (`$2b$`) by libxcrypt's `crypt_r`.
enum Bcrypt {
    /// Length of the digest that follows cost and salt in a hash.
    static let digestCharacters = 31

    /// Returns a new salt, or nil if the system has no random bytes.
    static func setting(cost: UInt) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CRYPT_GENSALT_OUTPUT_SIZE)) { buffer in
            crypt_gensalt_rn("$2b$", cost, nil, 0, buffer.baseAddress!, Int32(buffer.count)).map { String(cString: $0) }
        }
    }

    /// Returns the hash of a password, or nil if the setting is not a bcrypt setting.
    static func hash(_ password: String, _ setting: String) -> String? {
        withUnsafeTemporaryAllocation(of: crypt_data.self, capacity: 1) { buffer in
            let data = buffer.baseAddress!
            let size = MemoryLayout<crypt_data>.size
            memset(data, 0, size)
            // The buffer holds the password and its key schedule.
            defer { explicit_bzero(data, size) }
            guard let hash = crypt_r(password, setting, data), hash[0] != CChar(UInt8(ascii: "*")) else { return nil }
            return String(cString: hash)
        }
    }

    /// Returns the cost of a hash such as `$2b$12$…`.
    static func cost(of hash: String) -> UInt? {
        let parts = hash.split(separator: "$")
        return parts.count == 3 ? UInt(parts[1]) : nil
    }

    /// Constant-time comparison.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        guard a.utf8.count == b.utf8.count else { return false }
        return zip(a.utf8, b.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
