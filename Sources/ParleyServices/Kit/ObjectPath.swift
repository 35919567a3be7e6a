import SpecCore

/// Root-relative references to objects; responses sign them (`x-signed`).
enum ObjectPath {
    static func media(_ id: Identifier) -> String { "/media/\(id)" }
    static func picture(of user: Identifier) -> String { "/users/\(user)/picture" }
}
