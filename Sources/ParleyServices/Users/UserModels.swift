import ParleyContract

extension User {
    /// The user, as only they see themselves.
    init(_ row: AccountsQueries.MeRow) {
        self.init(
            id: row.id, email: row.email, emailVerified: row.emailVerified, displayName: row.displayName,
            about: row.about, pictureUrl: nil, twoFactorEnabled: row.twoFactorEnabled, createdAt: row.createdAt,
            updatedAt: row.updatedAt)
    }

    /// The user of a row of the table, which does not tell of the second factor.
    init(_ row: UsersRow, twoFactorEnabled: Bool) {
        self.init(
            id: row.id, email: row.email, emailVerified: row.emailVerified, displayName: row.displayName,
            about: row.about, pictureUrl: nil, twoFactorEnabled: twoFactorEnabled, createdAt: row.createdAt,
            updatedAt: row.updatedAt)
    }
}
