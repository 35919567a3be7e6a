import SpecCore
import Testing

/// Cursors of pages: their way there and back, and forged ones.
@Suite struct PageCursorTests {
    /// A sum as a code; enough to tell lists apart.
    private struct Sums: MessageAuthenticator {
        let codeBytes = 16
        let key: UInt8

        func code(of bytes: [UInt8]) -> [UInt8] {
            [UInt8](repeating: bytes.reduce(key) { $0 &* 31 &+ $1 }, count: codeBytes)
        }

        func isValid(_ code: ArraySlice<UInt8>, of bytes: [UInt8]) -> Bool { code.elementsEqual(self.code(of: bytes)) }
    }

    private static let invalid = Problem(.notFound, "no such page")
    private let cursors = PageCursors(authenticator: Sums(key: 1), invalid: Self.invalid)
    private let scope = Array("ada's list".utf8)

    @Test func pagesThroughAList() throws {
        let items: [Int64] = [30, 20, 10]
        let (page, next) = cursors.page(of: items, limit: 2, scope: scope) { $0 }
        #expect(page == [30, 20])
        #expect(try cursors.start(of: next, scope: scope) == Int64(20))
    }

    @Test func endsWithTheLastPage() throws {
        let (page, next) = cursors.page(of: [Int64(1), 2], limit: 2, scope: scope) { $0 }
        #expect(page == [1, 2])
        #expect(next == nil)
        let start: Int64? = try cursors.start(of: nil, scope: scope)
        #expect(start == nil)
    }

    @Test func rejectsCursorsOfOtherListsAndKeys() throws {
        let id = Identifier.make()
        let next = cursors.page(of: [id, id], limit: 1, scope: scope) { $0 }.next
        let position: Identifier? = try cursors.start(of: next, scope: scope)
        #expect(position == id)
        func rejects(_ cursors: PageCursors, _ cursor: String?, _ scope: [UInt8]) {
            #expect(throws: Self.invalid) { let _: Identifier? = try cursors.start(of: cursor, scope: scope) }
        }
        rejects(cursors, next, Array("bob's list".utf8))
        rejects(PageCursors(authenticator: Sums(key: 2), invalid: Self.invalid), next, scope)
        for forged in ["", "AAAA", "not base64url!", (next ?? "") + "A"] { rejects(cursors, forged, scope) }
    }
}
