import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
package import NIOSSL
import SpecCore

/// A mail server on loopback that repeats in its replies whatever it was told, as unfriendly servers do.
package final class SMTPServer: Sendable {
    package static let user = "mailer@example.org"

    /// A message as it was accepted.
    package struct Received: Sendable {
        package let recipient: String
        package let data: String
    }

    package let port: Int
    private let channel: any Channel
    private let heard: NIOLockedValueBox<[String]>

    /// - Parameters:
    ///   - folder: holds `server.crt` and `server.key`.
    ///   - newest: the newest version of TLS that it speaks.
    ///   - password: the password of ``user``.
    ///   - take: called with each accepted message.
    package init(
        certificatesIn folder: String, upTo newest: TLSVersion = .tlsv13, password: String,
        take: @escaping @Sendable (Received) -> Void = { _ in }
    ) async throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(folder + "/server.crt").map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: folder + "/server.key", format: .pem)))
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = newest
        configuration.cipherSuites = "ALL"
        let tls = try NIOSSLContext(configuration: configuration)
        let heard = NIOLockedValueBox<[String]>([])
        self.heard = heard
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let session = SMTPSession(tls: tls, password: password, take: take) { line in
                        heard.withLockedValue { $0.append(line) }
                    }
                    try channel.pipeline.syncOperations.addHandler(session)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// The lines that clients have sent.
    package var lines: [String] { heard.withLockedValue { $0 } }

    package func close() async throws { try await channel.close() }
}

/// One connection.
private final class SMTPSession: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let tls: NIOSSLContext
    private let password: String
    private let take: (SMTPServer.Received) -> Void
    private let note: (String) -> Void
    private var bytes: [UInt8] = []
    private var recipient = ""
    /// The lines of the message; nil outside of DATA.
    private var data: [String]?

    init(
        tls: NIOSSLContext, password: String, take: @escaping (SMTPServer.Received) -> Void,
        note: @escaping (String) -> Void
    ) {
        self.tls = tls
        self.password = password
        self.take = take
        self.note = note
    }

    func channelActive(context: ChannelHandlerContext) { say("220 ready", context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += Array(unwrapInboundIn(data).readableBytesView)
        while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: bytes[..<end].filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            bytes.removeFirst(end + 1)
            note(line)
            if self.data == nil { hear(line, context) } else { collect(line, context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func hear(_ line: String, _ context: ChannelHandlerContext) {
        switch line.prefix(4).uppercased() {
        case "EHLO": say("250-hello \(line)\r\n250-STARTTLS\r\n250 AUTH PLAIN", context)
        case "STAR":
            say("220 go", context)
            try? context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
        case "AUTH": say(authenticated(line), context)
        case "MAIL": say("250 ok \(line)", context)
        case "RCPT":
            recipient = line.split(whereSeparator: { "<>".contains($0) }).dropFirst().first.map(String.init) ?? ""
            let isUnknown = recipient.hasPrefix("unknown-")
            say(isUnknown ? "550 5.1.1 <\(recipient)>: \(recipient) is unknown" : "250 ok \(recipient)", context)
        case "DATA":
            data = []
            say("354 go on", context)
        case "QUIT":
            say("221 bye", context)
            context.close(promise: nil)
        default: say("500 what is \(line)", context)
        }
    }

    private func authenticated(_ line: String) -> String {
        let expected = Base64.encode([0] + Array(SMTPServer.user.utf8) + [0] + Array(password.utf8))
        if line == "AUTH PLAIN \(expected)" { return "235 ok" }
        let words = line.split(separator: " ").last.flatMap { Data(base64Encoded: String($0)) } ?? Data()
        let parts = words.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return "535 5.7.8 no such user and password: \(parts.joined(separator: " ")), as in: \(line)"
    }

    private func collect(_ line: String, _ context: ChannelHandlerContext) {
        guard line == "." else {
            data?.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
            return
        }
        let lines = data ?? []
        data = nil
        guard !recipient.hasPrefix("spam-") else {
            return say("451 4.7.1 greylisted: \(lines.joined(separator: " "))", context)
        }
        take(SMTPServer.Received(recipient: recipient, data: lines.map { $0 + "\r\n" }.joined()))
        say("250 queued for \(recipient)", context)
    }

    private func say(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
    }
}
