import ParleyContract
import SpecCore

/// Decodes the reactions that a message's row repeats, so that a page is read without a join: one line for each, as
/// `ReactionsQueries.gather` writes it.
enum ReactionLines {
    private static let digitsCount = 32

    /// Returns the reactions in the lines.
    ///
    /// - Throws: ``StoreError/column(_:)``.
    static func reactions(in lines: String?, to message: Identifier) throws -> [Reaction] {
        guard var lines else { return [] }
        let reactions = try lines.withUTF8 { bytes in
            try bytes.split(separator: UInt8(ascii: "\n")).map { line in
                guard let reaction = reaction(UnsafeBufferPointer(rebasing: line), to: message) else {
                    throw StoreError.column("the stored reactions of message \(message) are malformed")
                }
                return reaction
            }
        }
        return reactions.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// Parses a line: two ids of 32 digits, a time and an emoji, separated by spaces.
    private static func reaction(_ line: UnsafeBufferPointer<UInt8>, to message: Identifier) -> Reaction? {
        let (space, timeStart) = (UInt8(ascii: " "), 2 * (digitsCount + 1))
        guard line.count > timeStart, line[digitsCount] == space, line[timeStart - 1] == space,
            let id = Identifier(digits: UnsafeBufferPointer(rebasing: line[..<digitsCount])),
            let user = Identifier(digits: UnsafeBufferPointer(rebasing: line[(digitsCount + 1)..<(timeStart - 1)])),
            let timeEnd = line[timeStart...].firstIndex(of: space),
            let milliseconds = Int64(String(decoding: line[timeStart..<timeEnd], as: UTF8.self))
        else { return nil }
        return Reaction(
            id: id, messageId: message, userId: user, emoji: String(decoding: line[(timeEnd + 1)...], as: UTF8.self),
            createdAt: Timestamp(milliseconds: milliseconds))
    }
}
