import ParleyContract
import SpecCore

/// Columns that describe a file.
protocol MediaColumns {
    var id: Identifier { get }
    var name: String? { get }
    var contentType: String { get }
    var size: Int64 { get }
    var sha256: [UInt8] { get }
}

extension MediaRow: MediaColumns {}
extension MessagesQueries.FilesRow: MediaColumns {}

extension Media {
    /// The file of a row, with the URL that needs an access token.
    init(_ row: some MediaColumns) {
        self.init(
            id: row.id, name: row.name, contentType: row.contentType, size: row.size,
            sha256: Hexadecimal.text(row.sha256), url: ObjectPath.media(row.id))
    }
}
