/// Normalisation of emojis for storage.
enum Emoji {
    private static let selector: Unicode.Scalar = "\u{FE0F}"

    /// Returns the fully qualified spelling of an emoji: U+FE0F follows each character that would be text without it,
    /// and no other.
    static func qualified(_ emoji: String) -> String {
        let scalars = emoji.unicodeScalars.filter { $0 != selector }
        var spelt = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            spelt.append(scalar)
            let properties = scalar.properties
            let isToned = scalars.dropFirst(index + 1).first?.properties.isEmojiModifier ?? false
            if properties.isEmoji, !properties.isEmojiPresentation, !isToned { spelt.append(selector) }
        }
        return String(spelt)
    }
}
