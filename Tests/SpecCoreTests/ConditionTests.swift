import Testing

@testable import SpecCore

/// Conditional requests and ranges as values (RFC 9110, sections 13 and 14).
@Suite struct ConditionTests {
    private static let tag = EntityTag(opaque: "a-1")

    @Test(arguments: [
        ("\"a-1\"", true, true), ("\"x\", \"a-1\"", true, true), ("*", true, true), ("W/\"a-1\"", false, true),
        ("\"a\"", false, false), ("", false, false), ("a-1", false, false), ("\"x,\"a-1\"", false, false),
        ("\"x\",W/\"y\"", false, false),
    ]) func comparesTags(list: String, isStrong: Bool, isWeak: Bool) {
        #expect(Self.tag.isNamed(in: list) == isStrong)
        #expect(Self.tag.isNamedWeakly(in: list) == isWeak)
    }

    @Test func checksIfMatch() throws {
        let changed = Problem(.preconditionFailed, "The resource has changed; read it again.")
        try IfMatch.check("\"a-1\"", Self.tag)
        try IfMatch.check("*", Self.tag)
        #expect(throws: changed) { try IfMatch.check("\"a-2\"", Self.tag) }
        #expect(throws: changed) { try IfMatch.check("W/\"a-1\"", Self.tag) }
        func reads() -> EntityTag {
            Issue.record("an unconditional request read the tag")
            return Self.tag
        }
        try IfMatch.check(nil, reads())
    }

    @Test func tagsADigestByItsBeginning() {
        let tag = EntityTag(digest: Array(repeating: 0xFB, count: 32))
        #expect(tag.text == "\"-_v7-_v7-_v7-_v7-_v7-w\"")
    }

    @Test(arguments: [
        (nil, ByteRange.whole), ("bytes=0-0", .part(0..<1)), ("bytes=0-99", .part(0..<10)), ("bytes=9-", .part(9..<10)),
        ("bytes=-3", .part(7..<10)), ("bytes=-99", .part(0..<10)), ("Bytes = 0-1", .whole), ("BYTES=0-1", .part(0..<2)),
        ("bytes=10-", .unsatisfiable), ("bytes=10-20", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=3-2", .whole), ("bytes=0-1,4-5", .whole), ("bytes=", .whole), ("bytes=-", .whole),
        ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=0-99999999999999999999", .part(0..<10)),
        ("bytes=+1-2", .whole), ("items=0-1", .whole), ("bytes=0 - 1", .whole), ("bytes=- 3", .whole),
        ("bytes=0-1 ", .part(0..<2)), ("bytes=, 0-1 ,", .part(0..<2)), ("bytes=0-1,\t,4-5", .whole),
        ("bytes=,", .whole), ("bytes =0-1", .whole),
    ]) func readsRanges(field: String?, range: ByteRange) {
        #expect(ByteRange(field, ifRange: nil, tag: Self.tag, size: 10) == range)
    }

    @Test func answersNoRangeOfNothingButItsEnd() {
        #expect(ByteRange("bytes=0-", ifRange: nil, tag: Self.tag, size: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-0", ifRange: nil, tag: Self.tag, size: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", ifRange: nil, tag: Self.tag, size: 0) == .whole)
        #expect(ByteRange("bytes=-99999999999999999999", ifRange: nil, tag: Self.tag, size: 0) == .whole)
    }

    @Test(arguments: [
        ("\"a-1\"", true), ("W/\"a-1\"", false), ("\"b\"", false), ("*", false), ("Tue, 01 Jan 2030", false),
    ])
    func asksForTheRangeOfOneStateOnly(ifRange: String, isPart: Bool) {
        let range = ByteRange("bytes=0-1", ifRange: ifRange, tag: Self.tag, size: 10)
        #expect(range == (isPart ? .part(0..<2) : .whole))
    }
}
