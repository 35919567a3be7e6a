import Crypto
import NIOConcurrencyHelpers
import NIOCore
import SpecCore

/// SHA-256 over the target and the body of a request.
final class RequestFingerprint: BodyFingerprint {
    private let hash: NIOLockedValueBox<SHA256>

    init(target: String) {
        var hash = SHA256()
        hash.update(data: Array("\(target.utf8.count):\(target)".utf8))
        self.hash = NIOLockedValueBox(hash)
    }

    func add(_ bytes: ByteBuffer) {
        hash.withLockedValue { hash in bytes.withUnsafeReadableBytes { hash.update(bufferPointer: $0) } }
    }

    /// The digest of everything added so far.
    var digest: [UInt8] { Array(hash.withLockedValue { $0.finalize() }) }
}
