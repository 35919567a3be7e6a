import Crypto
import NIOCore
import SpecCore

/// Size, digest and type of a file, computed while it is received.
struct ReceivedContent {
    private let inspector: any FileInspector
    private var hash = SHA256()
    private var start: [UInt8] = []
    private(set) var size: Int64 = 0

    init(inspector: any FileInspector) {
        self.inspector = inspector
    }

    mutating func take(_ piece: ByteBuffer) {
        piece.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        if start.count < inspector.startBytesMax {
            start += piece.readableBytesView.prefix(inspector.startBytesMax - start.count)
        }
        size += Int64(piece.readableBytes)
    }

    var sha256: [UInt8] { Array(hash.finalize()) }
    var type: String { inspector.contentType(ofStart: start) }
}
