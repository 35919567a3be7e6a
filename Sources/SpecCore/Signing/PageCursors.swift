/// Signed page positions, each bound to one list.
///
/// A position behind the last item of a page is sent as a cursor; with the next request it comes back. The code of position
/// and scope proves that the server made it for this list, so a cursor of another caller or filter is rejected.
public struct PageCursors: Sendable {
    private let authenticator: any MessageAuthenticator
    private let invalid: Problem

    /// - Parameter invalid: the problem for a cursor that is not from its list.
    public init(authenticator: any MessageAuthenticator, invalid: Problem) {
        self.authenticator = authenticator
        self.invalid = invalid
    }

    /// Returns the position at which a page begins, or nil for the beginning of the list.
    ///
    /// - Parameter scope: everything that makes the list: caller, filters, order.
    /// - Throws: the problem for invalid cursors when the cursor is not from this list.
    public func start<Position: CursorPosition>(of cursor: String?, scope: [UInt8]) throws -> Position? {
        try cursor.map { cursor in
            guard let position: Position = position(in: cursor, scope) else { throw invalid }
            return position
        }
    }

    /// Builds a page from the items read, which are one more than the page holds if there is another page.
    ///
    /// - Parameters:
    ///   - scope: the same as for ``start(of:scope:)``.
    ///   - position: the value of an item that the list is ordered by.
    public func page<Item, Position: CursorPosition>(
        of found: consuming [Item], limit: Int, scope: [UInt8], _ position: (Item) -> Position
    ) -> (items: [Item], next: String?) {
        guard found.count > limit else { return (found, nil) }
        found.removeLast(found.count - limit)
        guard let bytes = found.last.map({ position($0).cursorBytes }) else { return (found, nil) }
        return (found, Base64URL.encode(bytes + authenticator.code(of: bytes + scope)))
    }

    private func position<Position: CursorPosition>(in cursor: String, _ scope: [UInt8]) -> Position? {
        guard let bytes = Base64URL.decode(cursor), bytes.count > authenticator.codeBytes else { return nil }
        let position = Array(bytes.dropLast(authenticator.codeBytes))
        guard authenticator.isValid(bytes.suffix(authenticator.codeBytes), of: position + scope) else { return nil }
        return Position(cursorBytes: position)
    }
}

/// A value that a list is ordered by.
public protocol CursorPosition {
    /// The bytes in the cursor.
    var cursorBytes: [UInt8] { get }

    /// - Parameter cursorBytes: bytes of a position of the same kind, as their code guarantees.
    init(cursorBytes: [UInt8])
}

extension Int64: CursorPosition {
    public var cursorBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: self)
        return bytes
    }

    public init(cursorBytes: [UInt8]) { self = cursorBytes[...].bigEndian() }
}

extension Identifier: CursorPosition {
    public var cursorBytes: [UInt8] { bytes }
    public init(cursorBytes: [UInt8]) { self.init(bytes: cursorBytes[...]) }
}
