import ParleyContract
import SpecCore

/// Names that people give: to themselves, to a contact, to a device.
enum UserName {
    /// Returns a name without the white space at its ends.
    static func trimmed(_ name: String) -> String {
        let scalars = name.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return name }
        return String(scalars[first...last])
    }

    /// Returns a display name without the white space at its ends.
    ///
    /// - Throws: ``Problem`` `name-reserved` for the name of deleted accounts.
    static func accepted(_ name: String) throws -> String {
        let trimmed = trimmed(name)
        guard TextFolding.words(trimmed) != TextFolding.words(AccountRemoval.displayName) else {
            throw Problem(.nameReserved)
        }
        return trimmed
    }
}
