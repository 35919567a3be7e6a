import ParleyContract
import SpecCore

/// Locks accounts until the end of a transaction, so that changes that depend on their password or their address run
/// one after the other.
enum AccountLock {
    /// Returns the account as the transaction that held it before has left it; nil if it is gone, or if its password
    /// was changed meanwhile.
    static func user(_ id: Identifier, in transaction: any Transaction) throws -> UsersRow? {
        guard let read = try transaction.first(UsersTable.find(id: id)), try transaction.execute(query(of: read)) == 1
        else { return nil }
        return try transaction.first(UsersTable.find(id: id))
    }

    /// The statement that locks an account; for nil one that takes as long and locks nothing.
    static func query(of user: UsersRow?) -> Query<Void> {
        let hash = user?.passwordHash ?? ""
        return AccountsQueries.replaceHash(userId: user?.id ?? .make(), checkedHash: hash, passwordHash: hash)
    }
}
