import CZlib

/// Compression in the gzip format (RFC 1952).
enum Gzip {
    /// A window of 32 KiB, and 16 for gzip's own head and trailer in place of zlib's.
    private static let windowBits: Int32 = 15 + 16
    private static let memoryLevel: Int32 = 8

    /// The compressed bytes; the same for the same input, as the head has neither a name nor a time.
    static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let start = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(start == Z_OK, "zlib can be initialized")
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let count = bytes.withUnsafeBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                // zlib only reads the input; its type predates const.
                (stream.next_in, stream.avail_in) = (.init(mutating: source.baseAddress), UInt32(source.count))
                (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "deflateBound is large enough")
                return target.count - Int(stream.avail_out)
            }
        }
        return Array(output[..<count])
    }
}
