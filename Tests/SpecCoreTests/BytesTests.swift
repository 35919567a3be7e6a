import SpecCore
import Testing

/// Base32, base64url, big-endian numbers and ids as bytes.
@Suite struct BytesTests {
    /// Test vectors of RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func writesBase32(text: String, base32: String) {
        #expect(Base32.encode(text.utf8) == base32)
    }

    @Test(
        arguments: [
            ([], ""), ([0xFB], "-w"), ([0xFF, 0xEF], "_-8"), ([1, 2, 3], "AQID"), (Array("foob".utf8), "Zm9vYg"),
        ] as [([UInt8], String)])
    func writesAndReadsBase64URL(bytes: [UInt8], text: String) {
        #expect(Base64URL.encode(bytes) == text)
        #expect(Base64URL.decode(text) == bytes)
    }

    @Test(arguments: ["-w==", "+w", "/w", "-x", "A", "Zm9v Yg", "Zm9vYg\n"])
    func refusesInvalidBase64URL(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func writesNumbersAndIdsBigEndian() {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(0x0102_0304))
        bytes.append(bigEndian: Int64(-2))
        #expect(bytes == [1, 2, 3, 4, 255, 255, 255, 255, 255, 255, 255, 254])
        #expect(bytes[..<4].bigEndian(as: UInt32.self) == 0x0102_0304)
        #expect(bytes[4...].bigEndian(as: Int64.self) == -2)
        let id = Identifier(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)
        #expect(id.bytes == Array(1...16))
        #expect(Identifier(bytes: id.bytes[...]) == id)
    }
}
