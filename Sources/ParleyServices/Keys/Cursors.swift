import ParleyContract
import SpecCore

/// Where a page of a list ended: a position, sealed for one caller and one list.
struct Cursors: Sendable {
    private let keys: ServerKeys

    init(keys: ServerKeys) {
        self.keys = keys
    }

    /// Where a page begins; nil is where the list does.
    ///
    /// - Parameter list: what tells this list from others: caller, conversation, order, times.
    /// - Throws: ``Problem`` `cursor-invalid` when the cursor is not from this list.
    func start<Position: CursorPosition>(of cursor: String?, list: [UInt8]) throws -> Position? {
        try cursor.map { cursor in
            guard let position: Position = position(in: cursor, list) else {
                throw Problem(ListMessages.Problems.cursorInvalid, "The cursor is not from this list.")
            }
            return position
        }
    }

    /// Cuts what was read, which is one item more than the page holds where there is another page.
    func page<Item, Position: CursorPosition>(
        of found: consuming [Item], limit: Int, list: [UInt8], _ position: (Item) -> Position
    ) -> (items: [Item], next: String?) {
        guard found.count > limit else { return (found, nil) }
        found.removeLast(found.count - limit)
        guard let bytes = found.last.map({ position($0).cursorBytes }) else { return (found, nil) }
        return (found, Base64URL.encode(bytes + Seal.of(bytes + list, by: keys.current.cursor)))
    }

    private func position<Position: CursorPosition>(in cursor: String, _ list: [UInt8]) -> Position? {
        guard let bytes = Base64URL.decode(cursor), bytes.count > Seal.bytesCount else { return nil }
        let (position, seal) = (Array(bytes.dropLast(Seal.bytesCount)), bytes.suffix(Seal.bytesCount))
        let isOurs = keys.sets.contains { Seal.isTrue(seal, of: position + list, by: $0.cursor) }
        return isOurs ? Position(cursorBytes: position) : nil
    }
}

/// What a list is in the order of.
protocol CursorPosition {
    var cursorBytes: [UInt8] { get }

    /// - Parameter cursorBytes: those of a position of the same kind: the seal says so.
    init(cursorBytes: [UInt8])
}

extension Int64: CursorPosition {
    var cursorBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: self)
        return bytes
    }

    init(cursorBytes: [UInt8]) { self = cursorBytes[...].bigEndian() }
}

extension Identifier: CursorPosition {
    var cursorBytes: [UInt8] { [self].packed }
    init(cursorBytes: [UInt8]) { self = cursorBytes[...].identifier }
}
