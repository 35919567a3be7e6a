import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a conversation with the relay came to nothing; trying again later may help.
public enum SMTPFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was asked, and the words of the answer.
    case refused(String, String)
    /// The answer is no SMTP.
    case noReply
    /// Neither TLS nor loopback: tokens and passwords would be readable on the way.
    case insecure
    /// Bytes came between the promise of TLS and TLS itself: somebody put them there.
    case injected
    /// The relay knows neither PLAIN nor LOGIN.
    case noMechanism
    /// Nobody answers there; in the system's words.
    case unreachable(String)
    /// The certificate is not of this host, or of nobody who is trusted.
    case untrusted
    /// TLS failed for another reason, in the library's words.
    case noTLS(String)
    case closed
    case slow(seconds: Int64)

    public var description: String {
        switch self {
        case .refused(let command, let words): "\(command) was answered with: \(words)"
        case .noReply: "the server does not speak SMTP"
        case .insecure: "the server offers no STARTTLS, and only a loopback address is believed without it"
        case .injected: "the server spoke on before TLS began"
        case .noMechanism: "the server offers neither AUTH PLAIN nor AUTH LOGIN"
        case .unreachable(let reason): "nobody answers there: \(reason)"
        case .untrusted:
            "its certificate is of another host or of an authority that is not trusted (?ca= names a file of others)"
        case .noTLS(let reason): "TLS failed: \(reason)"
        case .closed: "the server closed the connection"
        case .slow(let seconds): "the conversation took longer than \(seconds) s"
        }
    }
}

extension SMTPFailure {
    /// What the network says, in words for an operator; our own errors stay as they are.
    static func said(_ error: any Error) -> any Error {
        switch error {
        case let error as NIOConnectionError:
            let reason = error.connectionErrors.first?.error
            let code = (reason as? IOError)?.errnoCode
            return unreachable(code.map { String(cString: strerror($0)) } ?? reason.map { "\($0)" } ?? "no address")
        case is NIOSSLExtraError: return untrusted
        case let error as NIOSSLError:
            let words = "\(error)"
            return words.contains("CERTIFICATE_VERIFY_FAILED") ? untrusted : noTLS(words)
        default: return error
        }
    }
}
