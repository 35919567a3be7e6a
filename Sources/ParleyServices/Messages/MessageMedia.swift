import ParleyContract
import SpecCore

extension Media {
    /// The file of a row.
    init(_ row: MessagesQueries.FilesRow) {
        self.init(
            id: row.id, contentType: row.contentType, size: row.size, sha256: Self.hexadecimal(row.sha256),
            url: Self.reference(to: row.id))
    }

    /// Where the file is, relative to the root.
    static func reference(to id: Identifier) -> String { "/media/\(id)" }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
