/// Emojis as they are kept.
enum Emoji {
    private static let selector: Unicode.Scalar = "\u{FE0F}"

    /// The one spelling of an emoji, which is the fully qualified one: U+FE0F stands behind each character that would be
    /// text without it, and nowhere else.
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
