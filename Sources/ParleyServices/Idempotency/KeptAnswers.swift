import Crypto
import ParleyContract
package import SpecCore

/// Keeps the answers of requests that may be repeated in the store: one truth for all nodes, and across restarts.
package struct KeptAnswers: OnceLog {
    /// A claim that was not renewed for so long was given up: its server was killed.
    static let leaseSeconds = 120
    package let renewEvery = Duration.seconds(30)

    private let store: any Store
    private let keys: ServerKeys
    private let references: References
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, keys: ServerKeys, references: References, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.keys = keys
        self.references = references
        self.now = now
    }

    package func begin(_ key: OnceKey, keepSeconds: Int) async throws -> OnceState {
        let time = now()
        let keptSince = time.earlier(bySeconds: keepSeconds)
        let claim = OnceClaim(key, id: .make())
        let begin = IdempotencyQueries.begin(
            scope: key.scope, operation: key.operation, name: key.name, claim: [claim.id].packed, now: time,
            keptSince: keptSince, aliveSince: time.earlier(bySeconds: Self.leaseSeconds))
        let find = IdempotencyKeysTable.find(scope: key.scope, operation: key.operation, name: key.name)
        return try await store.write { transaction in
            if try transaction.execute(begin) == 1 { return .begun(claim) }
            return try transaction.first(find).map { state($0, of: key) } ?? .running
        }
    }

    /// A replay may come long after the references of the first answer have ended.
    private func state(_ row: IdempotencyKeysRow, of key: OnceKey) -> OnceState {
        guard let status = row.status else { return .running }
        var body = row.body ?? []
        if let caller = Identifier(key.scope) { body = references.renewed(body, for: caller) }
        let answer = KeptAnswer(status: Int(status), fields: FieldText.fields(row.fields ?? ""), body: body)
        return .answered(answer, fingerprint: row.fingerprint)
    }

    package func renew(_ claim: OnceClaim) async throws -> Bool {
        let renew = IdempotencyQueries.renew(
            scope: claim.key.scope, operation: claim.key.operation, name: claim.key.name, claim: [claim.id].packed,
            now: now())
        return try await store.write { try $0.execute(renew) } == 1
    }

    package func keep(_ answer: KeptAnswer, digest: [UInt8], for claim: OnceClaim) async throws {
        let keep = IdempotencyQueries.keep(
            scope: claim.key.scope, operation: claim.key.operation, name: claim.key.name, claim: [claim.id].packed,
            fingerprint: Self.fingerprint(digest, keys.current), status: Int64(answer.status),
            fields: FieldText.text(answer.fields), body: answer.body)
        _ = try await store.write { try $0.execute(keep) }
    }

    package func forget(_ claim: OnceClaim) async throws {
        let forget = IdempotencyQueries.forget(
            scope: claim.key.scope, operation: claim.key.operation, name: claim.key.name, claim: [claim.id].packed)
        _ = try await store.write { try $0.execute(forget) }
    }

    package func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool {
        keys.sets.contains { Self.fingerprint(digest, $0) == fingerprint }
    }

    private static func fingerprint(_ digest: [UInt8], _ keys: ServerKeys.KeySet) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: digest, using: keys.fingerprint))
    }
}

/// Header fields as one text, a line each; the server lets no line break into a value.
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
