import Crypto
import NIOCore

/// What is found out about a file while it comes.
struct ReceivedContent {
    private var hash = SHA256()
    private var start: [UInt8] = []
    private(set) var size: Int64 = 0

    mutating func take(_ piece: ByteBuffer) {
        piece.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        if start.count < ContentKind.bytesMax {
            start += piece.readableBytesView.prefix(ContentKind.bytesMax - start.count)
        }
        size += Int64(piece.readableBytes)
    }

    var sha256: [UInt8] { Array(hash.finalize()) }
    var type: String { ContentKind.type(of: start) }
}
