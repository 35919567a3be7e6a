import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A failed SMTP conversation; a later retry may succeed.
public enum SMTPFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// A rejected command, and the text of the reply.
    case refused(String, String)
    /// A reply that is not SMTP.
    case noReply
    /// Neither TLS nor loopback: tokens and passwords would be readable in transit.
    case insecure
    /// Bytes came between the reply to STARTTLS and TLS itself: an attacker may have injected them.
    case injected
    /// The relay offers neither PLAIN nor LOGIN.
    case noMechanism
    /// The server cannot be reached; with the system's error text.
    case unreachable(String)
    /// The certificate is for another host or not from a trusted authority.
    case untrusted
    /// TLS 1.1 or older, which RFC 8996 deprecates.
    case outdatedTLS
    /// TLS failed for another reason; with the library's error text.
    case noTLS(String)
    case closed
    case slow(seconds: Int64)

    public var description: String {
        switch self {
        case .refused(let command, let words): "\(command) was rejected: \(words)"
        case .noReply: "the server does not speak SMTP"
        case .insecure: "the server does not offer STARTTLS, which is required except on loopback"
        case .injected: "the server sent data before TLS began"
        case .noMechanism: "the server offers neither AUTH PLAIN nor AUTH LOGIN"
        case .unreachable(let reason): "the server cannot be reached: \(reason)"
        case .untrusted:
            "its certificate is for another host or not from a trusted authority (?ca= names a file of authorities)"
        case .outdatedTLS: "the server does not offer TLS 1.2 or newer"
        case .noTLS(let reason): "TLS failed: \(reason)"
        case .closed: "the server closed the connection"
        case .slow(let seconds): "the conversation took longer than \(seconds) s"
        }
    }
}

extension SMTPFailure {
    /// The network error as a failure with a text for operators; our own errors stay as they are.
    static func said(_ error: any Error) -> any Error {
        switch error {
        case let error as NIOConnectionError:
            let reason = error.connectionErrors.first?.error
            let code = (reason as? IOError)?.errnoCode
            return unreachable(code.map { String(cString: strerror($0)) } ?? reason.map { "\($0)" } ?? "no address")
        case is NIOSSLExtraError: return untrusted
        case let error as NIOSSLError:
            let words = "\(error)"
            if words.contains("CERTIFICATE_VERIFY_FAILED") { return untrusted }
            let isOutdated = ["UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION"].contains { words.contains($0) }
            return isOutdated ? outdatedTLS : noTLS(words)
        default: return error
        }
    }
}
