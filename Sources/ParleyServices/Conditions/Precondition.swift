import Crypto
import NIOCore
import SpecCore

extension EntityTag {
    /// The tag of a model: the same for the same JSON.
    static func of(_ model: some JSONWritable) -> EntityTag {
        var json = JSONWriter()
        model.write(to: &json)
        return EntityTag(digest: SHA256.hash(data: Array(json.finish().readableBytesView)).map { $0 })
    }

    /// The tag of bytes, by their SHA-256.
    init(digest: [UInt8]) {
        self.init(opaque: Base64URL.encode(digest.prefix(16)))
    }
}

/// What `If-Match` asks for, checked in the transaction of the change.
enum Precondition {
    /// - Parameter current: what the change would change, read where nobody else can change it.
    /// - Throws: ``Problem`` `precondition-failed`.
    static func check(_ ifMatch: String?, _ current: @autoclosure () throws -> some JSONWritable) throws {
        guard let ifMatch else { return }
        guard try EntityTag.of(current()).isNamed(in: ifMatch) else {
            throw Problem(.preconditionFailed, "This has changed since; read it again.")
        }
    }
}
