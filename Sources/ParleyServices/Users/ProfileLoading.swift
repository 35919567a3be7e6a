import ParleyContract
import SpecCore

extension Profile {
    /// The profile of a row. A user who has blocked the viewer, or was deleted, shows only the display name.
    init(_ row: UsersQueries.ProfileRow) {
        self.init(
            id: row.id, displayName: row.displayName, about: row.hasBlocked || row.isDeleted ? nil : row.about,
            pictureUrl: row.hasPicture && !row.hasBlocked && !row.isDeleted ? ObjectPath.picture(of: row.id) : nil)
    }

    /// Returns users by their ids, as the viewer may see them, including deleted accounts.
    static func load(
        _ ids: [Identifier], for viewer: Identifier, in transaction: any Transaction
    ) throws -> [Identifier: Profile] {
        let rows = try transaction.all(UsersQueries.profiles(viewerId: viewer, ids: ids))
        return Dictionary(rows.map { ($0.id, Profile($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns a user as the viewer may see them, or nil if the account does not exist or was deleted.
    static func find(_ id: Identifier, for viewer: Identifier, in transaction: any Transaction) throws -> Profile? {
        let row = try transaction.first(UsersQueries.profiles(viewerId: viewer, ids: [id]))
        return row.flatMap { $0.isDeleted ? nil : Profile($0) }
    }
}
