import ParleyContract

extension User {
    /// The user as only they see themselves, with the picture URL that needs an access token.
    init(_ row: AccountsQueries.MeRow) {
        self.init(
            id: row.id, email: row.email, emailVerified: row.emailVerified, displayName: row.displayName,
            about: row.about, pictureUrl: row.hasPicture ? ObjectPath.picture(of: row.id) : nil,
            twoFactorEnabled: row.twoFactorEnabled, createdAt: row.createdAt, updatedAt: row.updatedAt)
    }

    /// The user of a row that was just inserted: without picture and second factor.
    init(registered row: UsersRow) {
        self.init(
            id: row.id, email: row.email, emailVerified: row.emailVerified, displayName: row.displayName,
            about: row.about, pictureUrl: nil, twoFactorEnabled: false, createdAt: row.createdAt,
            updatedAt: row.updatedAt)
    }
}
