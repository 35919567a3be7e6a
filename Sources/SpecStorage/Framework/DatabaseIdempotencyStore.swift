import Crypto
public import SpecCore

/// Stores the responses of idempotent requests in the database: shared by all nodes, and kept across restarts.
public struct DatabaseIdempotencyStore: IdempotencyStore, Redacted {
    /// The time in seconds after which a lease that was not renewed has expired, because its server was killed.
    public static let leaseSeconds = 120
    /// The minimum length of a fingerprint key in bytes.
    public static let fingerprintKeyBytesMin = 16

    public let renewEvery = Duration.seconds(30)

    private let store: any Store
    private let table: IdempotencyTable
    private let fingerprintKeys: [SymmetricKey]
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - table: the generated `FrameworkTables.idempotency`.
    ///   - fingerprintKeys: at least one secret of at least ``fingerprintKeyBytesMin`` bytes, the same on all nodes. A
    ///     body may hold a password, so only its HMAC is stored: made with the first key, recognised with any.
    /// - Throws: ``ConfigurationError`` if there is no key, or one is too short.
    public init(
        store: any Store, table: IdempotencyTable, fingerprintKeys: [[UInt8]],
        now: @escaping @Sendable () -> Timestamp = { .now() }
    ) throws {
        guard let shortest = fingerprintKeys.map(\.count).min(), shortest >= Self.fingerprintKeyBytesMin else {
            throw ConfigurationError(
                "DatabaseIdempotencyStore needs at least one fingerprint key, "
                    + "each of at least \(Self.fingerprintKeyBytesMin) bytes")
        }
        self.store = store
        self.table = table
        self.fingerprintKeys = fingerprintKeys.map { SymmetricKey(data: $0) }
        self.now = now
    }

    // MARK: Leases

    public func begin(
        _ key: IdempotencyKey, user: Identifier?, keepSeconds: Int
    ) async throws -> IdempotencyState {
        let time = now()
        let lease = IdempotencyLease(key, id: .make())
        let begin = Query<Void>(
            "idempotency.begin", table.begin,
            key.values + [
                lease.id.sqlValue, [UInt8]().sqlValue, time.sqlValue,
                time.adding(seconds: -Int64(keepSeconds)).sqlValue,
                time.adding(seconds: -Int64(Self.leaseSeconds)).sqlValue, user.sqlValue,
            ])
        let find = Query("idempotency.find", table.find, key.values, read: StoredRow.init)
        return try await store.write { transaction in
            if try transaction.execute(begin) == 1 { return .begun(lease) }
            return try transaction.first(find)?.state ?? .running
        }
    }

    public func renew(_ lease: IdempotencyLease) async throws -> Bool {
        try await change("idempotency.renew", table.renew, lease.values + [now().sqlValue]) == 1
    }

    public func keep(_ response: StoredResponse, digest: [UInt8], for lease: IdempotencyLease) async throws {
        let body = response.subject == nil ? response.body : nil
        _ = try await change(
            "idempotency.keep", table.keep,
            lease.values + [
                Self.fingerprint(digest, fingerprintKeys[0]).sqlValue, response.status.sqlValue,
                FieldText.text(response.fields).sqlValue, body.sqlValue, response.user.sqlValue,
                response.subject.sqlValue, (response.signedURLs?.text).sqlValue,
            ])
    }

    public func forget(_ lease: IdempotencyLease) async throws {
        _ = try await change("idempotency.forget", table.forget, lease.values)
    }

    private func change(_ name: StaticString, _ text: SQLText, _ values: [SQLValue]) async throws -> Int {
        let query = Query<Void>(name, text, values)
        return try await store.write { try $0.execute(query) }
    }

    // MARK: Fingerprints

    public func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool {
        fingerprintKeys.contains { Self.fingerprint(digest, $0) == fingerprint }
    }

    private static func fingerprint(_ digest: [UInt8], _ key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: digest, using: key))
    }

    // MARK: Expiry

    /// Deletes at most `limit` expired responses of an operation, oldest first.
    /// - Returns: the number of deleted rows.
    public func prune(_ operation: String, keepSeconds: Int, limit: Int) async throws -> Int {
        let keptSince = now().adding(seconds: -Int64(keepSeconds))
        return try await change(
            "idempotency.prune", table.prune, [operation.sqlValue, keptSince.sqlValue, limit.sqlValue])
    }
}

/// The row of a key, as ``IdempotencyTable/find`` returns it.
private struct StoredRow: Sendable {
    let fingerprint: [UInt8]
    /// nil while the first request runs.
    let response: StoredResponse?

    var state: IdempotencyState { response.map { .completed($0, fingerprint: fingerprint) } ?? .running }

    @Sendable init(_ row: any RowColumns) throws {
        fingerprint = try row.bytes(0)
        let (status, fields) = (try Int?.read(row, at: 1), try String?.read(row, at: 2))
        let signedURLs = try String?.read(row, at: 5).flatMap(SignedURLs.init(text:))
        let (body, subject) = (try [UInt8]?.read(row, at: 3), try Identifier?.read(row, at: 4))
        response = status.map {
            StoredResponse(
                status: $0, fields: FieldText.fields(fields ?? ""), body: body ?? [], subject: subject,
                signedURLs: signedURLs)
        }
    }
}

extension IdempotencyKey {
    fileprivate var values: [SQLValue] { [scope.sqlValue, operation.sqlValue, name.sqlValue] }
}

extension IdempotencyLease {
    fileprivate var values: [SQLValue] { key.values + [id.sqlValue] }
}

/// Header fields as one text, one per line; the server allows no line break in a value.
enum FieldText {
    static func text(_ fields: HeaderFields) -> String {
        fields.list.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    }

    static func fields(_ text: String) -> HeaderFields {
        HeaderFields(
            text.split(separator: "\n").compactMap { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return parts.count == 2 ? HeaderField(String(parts[0]), String(parts[1].dropFirst())) : nil
            })
    }
}
