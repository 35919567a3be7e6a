import ParleyContract

extension User {
    /// The user, as only they see themselves; the picture by the reference that takes an access token.
    init(_ row: AccountsQueries.MeRow) {
        self.init(
            id: row.id, email: row.email, emailVerified: row.emailVerified, displayName: row.displayName,
            about: row.about, pictureUrl: row.hasPicture ? PlainReference.picture(of: row.id) : nil,
            twoFactorEnabled: row.twoFactorEnabled, createdAt: row.createdAt, updatedAt: row.updatedAt)
    }

    /// The user of a row of the table, who has just registered: without picture and second factor.
    init(registered row: UsersRow) {
        self.init(
            id: row.id, email: row.email, emailVerified: row.emailVerified, displayName: row.displayName,
            about: row.about, pictureUrl: nil, twoFactorEnabled: false, createdAt: row.createdAt,
            updatedAt: row.updatedAt)
    }
}
