import ParleyContract
import SpecCore

extension Profile {
    /// The profile of a row. Whoever has blocked the viewer, or is gone, shows the display name alone.
    init(_ row: UsersQueries.ProfilesRow) {
        self.init(
            id: row.id, displayName: row.displayName, about: row.hasBlocked || row.isDeleted ? nil : row.about,
            pictureUrl: row.hasPicture && !row.hasBlocked && !row.isDeleted ? PlainReference.picture(of: row.id) : nil)
    }

    /// Users by their ids, as the viewer may see them; accounts that are gone too.
    static func load(
        _ ids: [Identifier], for viewer: Identifier, in transaction: any Transaction
    ) throws -> [Identifier: Profile] {
        try rows(ids, for: viewer, in: transaction).mapValues(Profile.init)
    }

    /// The same as rows, which tell whether the user has blocked the viewer.
    static func rows(
        _ ids: [Identifier], for viewer: Identifier, in transaction: any Transaction
    ) throws -> [Identifier: UsersQueries.ProfilesRow] {
        let rows = try transaction.all(UsersQueries.profiles(viewerId: viewer, ids: ids.packed))
        return Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// One user as the viewer may see them; nil for an account that does not exist or is gone.
    static func find(_ id: Identifier, for viewer: Identifier, in transaction: any Transaction) throws -> Profile? {
        let row = try transaction.first(UsersQueries.profiles(viewerId: viewer, ids: [id].packed))
        return row.flatMap { $0.isDeleted ? nil : Profile($0) }
    }
}
