import NIOConcurrencyHelpers
public import NIOCore
import NIOPosix
import NIOSSL
public import SpecCore

/// Sends mails through an SMTP relay, each over its own connection.
public struct SMTPMailSender: MailSender {
    private static let connectSeconds: Int64 = 10
    /// Seconds for one conversation, connecting and TLS included.
    private static let conversationSeconds: Int64 = 60

    private let relay: SMTPRelay
    private let group: any EventLoopGroup
    private let tls: NIOSSLContext

    /// Loads the trusted authorities.
    /// - Throws: if they cannot be loaded.
    public init(relay: SMTPRelay, group: any EventLoopGroup) throws {
        self.relay = relay
        self.group = group
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let file = relay.authorityFile {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
        }
        tls = try NIOSSLContext(configuration: configuration)
    }

    /// - Throws: ``MailRejected``, ``SMTPFailure``, or a network error.
    public func send(_ mail: Mail) async throws { try await converse(mail) }

    /// Connects and authenticates without sending a mail.
    /// - Throws: ``SMTPFailure``, or a network error.
    public func check() async throws { try await converse(nil) }

    /// Runs one conversation. A cancelled task closes its connection: a server that stops does not wait for a slow
    /// relay.
    private func converse(_ mail: Mail?) async throws {
        let line = SMTPLine()
        let outcome = group.any().makePromise(of: Void.self)
        try await withTaskCancellationHandler {
            connect(mail, line, outcome)
            try await outcome.futureResult.get()
        } onCancel: {
            line.cut()
        }
    }

    private func connect(_ mail: Mail?, _ line: SMTPLine, _ outcome: EventLoopPromise<Void>) {
        let (relay, tls) = (relay, tls)
        ClientBootstrap(group: outcome.futureResult.eventLoop)
            .connectTimeout(.seconds(Self.connectSeconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try line.hold(channel)
                    let dialogue = try SMTPDialogue(relay: relay, mail: mail, client: Self.clientName)
                    let handler = SMTPHandler(dialogue, outcome: outcome, secondsMax: Self.conversationSeconds) {
                        try Self.clientHandler(tls, relay.host)
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(host: relay.host, port: relay.port)
            .whenFailure { outcome.fail(SMTPFailure.said($0)) }
    }

    /// An address literal: clients behind a NAT have no name that the relay could check (RFC 5321, 4.1.4).
    private static let clientName = "[127.0.0.1]"

    /// The TLS handler. An IP address is not sent as SNI; its certificate is checked against the address of the
    /// connection.
    private static func clientHandler(_ tls: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host)
    }
}

/// The connection of one conversation, which a cancellation can close.
private final class SMTPLine: Sendable {
    private let state = NIOLockedValueBox<(channel: (any Channel)?, isCut: Bool)>((nil, false))

    /// - Throws: if it was closed already.
    func hold(_ channel: any Channel) throws {
        try state.withLockedValue { state in
            if state.isCut { throw CancellationError() }
            state.channel = channel
        }
    }

    func cut() {
        let channel = state.withLockedValue { state in
            state.isCut = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}
