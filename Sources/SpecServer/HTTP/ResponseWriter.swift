import NIOCore
import SpecCore

/// Writes responses whose body is complete, and reports their end to the policies that observe it.
struct ResponseWriter {
    /// The size of the pieces in which an observed body is written, so that the bytes that left before a failure can be
    /// counted.
    private static let pieceBytes = 65_536

    let serializer: ResponseSerializer
    let context: ChannelHandlerContext
    /// The options of the connection's channel; nil if it has none that can be asked at once.
    let options: (any NIOSynchronousChannelOptions)?

    /// - Parameter left: completed when the system took the last byte, or the connection failed.
    func write(_ response: ServerResponse, _ frame: ResponseFrame, _ left: EventLoopPromise<Void>?) {
        let (head, rest) = serializer.serialize(response, frame)
        guard let observed = response.observed else {
            if rest != nil { context.write(NIOAny(head), promise: nil) }
            return context.writeAndFlush(NIOAny(rest ?? head), promise: left)
        }
        if let rest {
            return writePieces(head, rest, observed, left ?? context.eventLoop.makePromise(of: Void.self))
        }
        context.writeAndFlush(NIOAny(head), promise: nil)
        report(observed, bodyBytes: frame.isHead ? 0 : response.bodyBytes, left)
    }

    /// Reports the end of what was written: at once if the system took it at once, for which no promise is made.
    private func report(_ observed: ObservedExchange, bodyBytes: Int, _ left: EventLoopPromise<Void>?) {
        if left == nil, hasLeft { return observed.report(bodyBytes: bodyBytes, isComplete: true) }
        let left = left ?? context.eventLoop.makePromise(of: Void.self)
        left.futureResult.whenComplete { result in
            let isComplete = (try? result.get()) != nil
            observed.report(bodyBytes: isComplete ? bodyBytes : 0, isComplete: isComplete)
        }
        // Nothing more, but behind the rest.
        context.writeAndFlush(NIOAny(ByteBuffer()), promise: left)
    }

    /// True if the system took everything that was written, and the connection has not failed.
    private var hasLeft: Bool {
        context.channel.isActive && (try? options?.getOption(.bufferedWritableBytes)) == 0
    }

    private func writePieces(
        _ head: ByteBuffer, _ body: ByteBuffer, _ observed: ObservedExchange, _ left: EventLoopPromise<Void>
    ) {
        let sent = NIOLoopBoundBox(0, eventLoop: context.eventLoop)
        left.futureResult.whenComplete { observed.report(bodyBytes: sent.value, isComplete: (try? $0.get()) != nil) }
        context.write(NIOAny(head), promise: nil)
        var rest = body
        while let piece = rest.readSlice(length: min(Self.pieceBytes, rest.readableBytes)), piece.readableBytes > 0 {
            let count = piece.readableBytes
            let taken = context.eventLoop.makePromise(of: Void.self)
            taken.futureResult.whenSuccess { sent.value += count }
            context.write(NIOAny(piece), promise: taken)
        }
        context.writeAndFlush(NIOAny(ByteBuffer()), promise: left)
    }
}

extension ServerResponse {
    /// The length of a body that is complete and is sent; 0 for one that is streamed.
    fileprivate var bodyBytes: Int {
        guard case .bytes(let bytes) = content.body, !ResponseSerializer.isBodyless(content.status) else { return 0 }
        return bytes.readableBytes
    }
}
