import SpecCore
import SpecServer
import Testing

/// Message authentication codes, and the replacement of their secrets.
@Suite struct HMACKeysTests {
    private static let old = Array("the secret of last year, 32 bytes".utf8)
    private static let new = Array("the secret of this year, 32 bytes".utf8)
    private let bytes = Array("some bytes".utf8)

    private func keys(_ secrets: [UInt8]..., purpose: String = "tests") throws -> HMACKeys {
        try HMACKeys(secrets: secrets, purpose: purpose)
    }

    @Test func verifiesItsOwnCodes() throws {
        let code = try keys(Self.new).code(of: bytes)
        #expect(code.count == 16)
        #expect(try keys(Self.new).isValid(code[...], of: bytes))
        #expect(try !keys(Self.new).isValid(code[...], of: bytes + [0]))
        #expect(try !keys(Self.new).isValid(code.dropLast(), of: bytes))
        #expect(try !keys(Self.new).isValid([], of: bytes))
        for index in code.indices {
            var forged = code
            forged[index] ^= 1
            #expect(try !keys(Self.new).isValid(forged[...], of: bytes))
        }
    }

    @Test func signsWithTheFirstSecretAndVerifiesWithAll() throws {
        let code = try keys(Self.old).code(of: bytes)
        #expect(try keys(Self.new, Self.old).isValid(code[...], of: bytes))
        #expect(try !keys(Self.new).isValid(code[...], of: bytes))
        #expect(try keys(Self.new, Self.old).code(of: bytes) == keys(Self.new).code(of: bytes))
    }

    @Test func differsByPurpose() throws {
        let code = try keys(Self.new).code(of: bytes)
        #expect(try !keys(Self.new, purpose: "others").isValid(code[...], of: bytes))
    }

    /// Computed with Python's hmac: cursors of earlier releases stay valid.
    @Test func keepsItsKeysOverReleases() throws {
        let code = try HMACKeys(secrets: [Array(repeating: 7, count: 32)], purpose: "parley cursor").code(of: bytes)
        #expect(Hexadecimal.text(code) == "703c05dfa87e57b70718a8f194f83e4d")
    }

    @Test(arguments: [[], [old, Array("31 bytes, which is one too few.".utf8)]])
    func needsSecretsOfSomeLength(secrets: [[UInt8]]) {
        #expect(
            throws: ConfigurationError("HMACKeys needs at least one secret, each of at least 32 bytes")
        ) {
            try HMACKeys(secrets: secrets, purpose: "tests")
        }
    }
}
