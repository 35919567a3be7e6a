@testable import ParleyServices

extension SealingKeys {
    /// Keys derived from secrets of the server, the first one seals.
    static func shared(_ secrets: String...) -> SealingKeys { shared(secrets) }

    static func shared(_ secrets: [String]) -> SealingKeys {
        SealingKeys(secrets: [], serverKeys: ServerKeys(secrets: secrets.map { Array($0.utf8) }))
    }
}
