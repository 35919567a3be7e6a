public import NIOCore
import NIOPosix
import NIOSSL
public import SpecCore

/// Hands mails to a relay, each over a connection of its own.
public struct SMTPMailSender: MailSender {
    private static let connectSeconds: Int64 = 10
    /// How long one conversation may take, connecting and TLS included.
    private static let conversationSeconds: Int64 = 60

    private let relay: SMTPRelay
    private let group: any EventLoopGroup
    private let tls: NIOSSLContext

    /// Reads the trusted authorities.
    /// - Throws: when they cannot be used.
    public init(relay: SMTPRelay, group: any EventLoopGroup) throws {
        self.relay = relay
        self.group = group
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let file = relay.authorityFile {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
        }
        tls = try NIOSSLContext(configuration: configuration)
    }

    /// - Throws: ``MailRefused``, ``SMTPFailure``, or what the network says.
    public func send(_ mail: Mail) async throws { try await converse(mail) }

    /// Connects and signs in, and mails nothing.
    /// - Throws: ``SMTPFailure``, or what the network says.
    public func check() async throws { try await converse(nil) }

    private func converse(_ mail: Mail?) async throws {
        let outcome = group.any().makePromise(of: Void.self)
        let (relay, tls) = (relay, tls)
        let bootstrap = ClientBootstrap(group: outcome.futureResult.eventLoop)
            .connectTimeout(.seconds(Self.connectSeconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let dialogue = try SMTPDialogue(relay: relay, mail: mail, client: Self.clientName)
                    let handler = SMTPHandler(dialogue, outcome: outcome, secondsMax: Self.conversationSeconds) {
                        try Self.clientHandler(tls, relay.host)
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        do {
            _ = try await bootstrap.connect(host: relay.host, port: relay.port).get()
        } catch {
            outcome.fail(error)
        }
        try await outcome.futureResult.get()
    }

    /// An address literal: clients behind a NAT have no name that the relay could check (RFC 5321, 4.1.4).
    private static let clientName = "[127.0.0.1]"

    /// An address is no name for SNI; its certificate is held against the address of the connection.
    private static func clientHandler(_ tls: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host)
    }
}
