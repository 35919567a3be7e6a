import Crypto
import NIOCore
import SpecCore

extension EntityTag {
    /// Returns the entity tag of a model: equal for equal JSON.
    static func of(_ model: some JSONWritable) -> EntityTag {
        var json = JSONWriter()
        model.write(to: &json)
        return EntityTag(digest: Array(SHA256.hash(data: Array(json.finish().readableBytesView))))
    }
}
