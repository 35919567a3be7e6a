import SpecValues
import Testing

/// Ids: their order and their written form.
@Suite struct IdentifierTests {
    private static let id = Array("0190a6b2-7C4E-7b1a-9f3d-2f1c5e8a9b00".utf8)

    @Test func makesIdsThatGrow() {
        let ids = (0..<1_000).map { _ in Identifier.make() }
        let times = ids.map { String($0.description.prefix(13)) }
        #expect(times.sorted() == times)
        #expect(Set(ids).count == 1_000)
        #expect(ids[0].description.dropFirst(14).first == "7")
        #expect(Identifier(ids[0].description) == ids[0])
        #expect(Identifier("0190a6b27c4e7b1a9f3d2f1c5e8a9b00") == nil)
    }

    @Test func takesIdsOfHexadecimalDigitsOnly() {
        let digits = Set("0123456789abcdefABCDEF".utf8)
        for place in Self.id.indices {
            for byte in UInt8.min ... .max {
                var text = Self.id
                text[place] = byte
                let isDash = [8, 13, 18, 23].contains(place)
                let isRight = isDash ? byte == UInt8(ascii: "-") : digits.contains(byte)
                let read = text.withUnsafeBufferPointer { Identifier(utf8: $0) }
                #expect((read != nil) == isRight, "byte \(byte) at \(place)")
                if isRight { #expect(read?.description == String(decoding: text, as: UTF8.self).lowercased()) }
            }
        }
    }
}
