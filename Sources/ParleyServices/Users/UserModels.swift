import ParleyContract

extension User {
    /// The user of a row, as only they see themselves.
    init(_ row: UsersRow) {
        self.init(
            id: row.id, email: row.email, emailVerified: row.emailVerified, displayName: row.displayName,
            about: row.about, pictureUrl: nil, twoFactorEnabled: false, createdAt: row.createdAt,
            updatedAt: row.updatedAt)
    }
}
