import ParleyContract
import SpecCore

extension AccountsQueries {
    /// The statement that locks an account until the end of the transaction, so that changes that depend on its
    /// password or its address run one after the other. It changes no row if the password was changed meanwhile.
    static func lock(of user: UsersRow) -> Query<Void> {
        replaceHash(userId: user.id, checkedHash: user.passwordHash, passwordHash: user.passwordHash)
    }

    /// A statement that takes as long and locks nothing.
    static func lockOfNobody() -> Query<Void> { replaceHash(userId: .make(), checkedHash: "", passwordHash: "") }
}
