/// The statements of the table of idempotency keys that `schema.yaml` asks for (`framework: idempotency`). Generated.
///
/// A key is its scope, its operation and its name, in this order.
public struct IdempotencyTable: Sendable {
    /// Claims a key that is free, expired or abandoned: the key, the claim, an empty fingerprint, the time, and the
    /// times before which a response has expired and a running request is abandoned, the user that the key belongs to.
    public let begin: SQLText
    /// Returns the fingerprint, status, fields, body, subject and signed URLs of a key.
    public let find: SQLText
    /// Renews a claim that is still held: the key, the claim, the time.
    public let renew: SQLText
    /// Stores a response if the claim is still held: the key, the claim, the fingerprint, status, fields, body, user,
    /// subject and signed URLs.
    public let keep: SQLText
    /// Deletes a key whose claim is still held: the key, the claim.
    public let forget: SQLText
    /// Deletes the keys that belong to a user.
    public let forgetUser: SQLText
    /// Deletes some expired keys of an operation, oldest first: the operation, the time before which they have expired,
    /// the maximum number.
    public let prune: SQLText

    @inlinable public init(
        begin: SQLText, find: SQLText, renew: SQLText, keep: SQLText, forget: SQLText, forgetUser: SQLText,
        prune: SQLText
    ) {
        self.begin = begin
        self.find = find
        self.renew = renew
        self.keep = keep
        self.forget = forget
        self.forgetUser = forgetUser
        self.prune = prune
    }

    /// Deletes the stored responses that belong to a user; part of the change that deletes the account.
    public func forget(user: Identifier) -> Query<Void> {
        Query("idempotency.forgetUser", forgetUser, [user.sqlValue])
    }
}
