import ParleyContract
import SpecCore

extension Media {
    /// The file of a row.
    init(_ row: MessagesQueries.FilesRow) {
        self.init(
            id: row.id, contentType: row.contentType, size: row.size, sha256: Hexadecimal.text(row.sha256),
            url: PlainReference.media(row.id))
    }
}
