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
    case closed
    case slow(seconds: Int64)

    public var description: String {
        switch self {
        case .refused(let command, let words): "\(command) was answered with: \(words)"
        case .noReply: "the server does not speak SMTP"
        case .insecure: "the server offers no STARTTLS, and only a loopback address is believed without it"
        case .injected: "the server spoke on before TLS began"
        case .noMechanism: "the server offers neither AUTH PLAIN nor AUTH LOGIN"
        case .closed: "the server closed the connection"
        case .slow(let seconds): "the conversation took longer than \(seconds) s"
        }
    }
}
