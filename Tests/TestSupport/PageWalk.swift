/// A walk over the pages of a list, which fails if it does not end.
package enum PageWalk {
    /// A list that has more pages than it can have items.
    package struct Endless: Error {
        package let pages: Int
    }

    /// Reads pages until one has no successor.
    /// - Parameters:
    ///   - pagesMax: more pages than the list has.
    ///   - read: reads the page at a cursor, nil for the first, and returns the next cursor.
    package static func run<Cursor>(
        pagesMax: Int = 100, isolation: isolated (any Actor)? = #isolation,
        _ read: (_ cursor: Cursor?) async throws -> Cursor?
    ) async throws {
        var cursor: Cursor?
        for _ in 0..<pagesMax {
            cursor = try await read(cursor)
            if cursor == nil { return }
        }
        throw Endless(pages: pagesMax)
    }
}
