@_spi(_Unicode) import Swift

/// Case and diacritic folding of text for search, and its segmentation into words.
public enum TextFolding {
    /// A run of letters and digits.
    public struct Word: Sendable, Equatable {
        /// The folded scalars.
        public internal(set) var scalars: [Unicode.Scalar]
        /// True if the script has no spaces between words (Chinese, Japanese, Korean, Thai …; symbols too), so that
        /// a word may be any part of the run.
        public let isUnspaced: Bool
    }

    /// Returns the words of a text, in order.
    public static func words(_ text: String) -> [Word] {
        var words: [Word] = []
        var isOpen = false
        for scalar in fold(text) {
            guard isPart(scalar) else {
                isOpen = false
                continue
            }
            let isUnspaced = isUnspaced(scalar)
            if isOpen, isMark(scalar) || words[words.count - 1].isUnspaced == isUnspaced {
                words[words.count - 1].scalars.append(scalar)
            } else {
                words.append(Word(scalars: [scalar], isUnspaced: isUnspaced))
            }
            isOpen = true
        }
        return words
    }

    /// Returns the words of an ASCII text, each cut to the maximum length, or nil if the text is not ASCII.
    public static func plainWords(_ text: String, charactersMax: Int) -> [String]? {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let bytes = text.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        let runs = bytes.split { !isPlainPart($0) }
        return runs.map { String(decoding: $0.prefix(charactersMax), as: UTF8.self) }
    }

    private static func isPlainPart(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 || byte &- 0x30 < 10 }

    /// Returns the scalars decomposed and in lower case, without diacritics.
    public static func fold(_ text: String) -> [Unicode.Scalar] {
        var folded: [Unicode.Scalar] = []
        folded.reserveCapacity(text.utf8.count)
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { folded.append(Unicode.Scalar(byte &- 0x41 < 26 ? byte | 0x20 : byte)) }
            return folded
        }
        for scalar in text._nfd where !isDiacritic(scalar) {
            for lower in narrow(scalar).properties.lowercaseMapping.unicodeScalars where !isDiacritic(lower) {
                if let letters = letters[lower] { folded += letters } else { folded.append(lower) }
            }
        }
        return folded
    }

    // MARK: Scalars

    /// Returns true for a mark above, below or through a letter. Marks of kana and Indic scripts make a different
    /// letter and are kept.
    private static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        // The tatweel only stretches an Arabic word.
        if scalar.value == 0x640 { return true }
        switch scalar.properties.canonicalCombiningClass {
        case .notReordered, .kanaVoicing, .virama, .nukta: return false
        default: return true
        }
    }

    /// Returns the usual form of a full-width letter, digit or sign.
    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.value &- 0xFF01 < 0x5E, let narrow = Unicode.Scalar(scalar.value - 0xFEE0) else { return scalar }
        return narrow
    }

    /// Letters that Unicode does not decompose, with the spelling used on keyboards without them.
    private static let letters: [Unicode.Scalar: [Unicode.Scalar]] = [
        "ß": ["s", "s"], "æ": ["a", "e"], "œ": ["o", "e"], "ø": ["o"], "đ": ["d"], "ð": ["d"], "þ": ["t", "h"],
        "ł": ["l"], "ħ": ["h"], "ŧ": ["t"], "ı": ["i"], "ς": ["σ"],
    ]

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Returns true if the scalar is part of a word: letters, digits, marks, and symbols such as emojis.
    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isPlainPart(UInt8(scalar.value)) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark, .otherSymbol:
            return true
        default: return false
        }
    }

    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0xE00 else { return false }
        if scalar.properties.generalCategory == .otherSymbol { return true }
        return unspacedRanges.contains { $0.contains(scalar.value) }
    }

    private static let unspacedRanges: [ClosedRange<UInt32>] = [
        0x0E00...0x0EFF,  // Thai, Lao
        0x1000...0x109F,  // Burmese
        0x1100...0x11FF,  // Hangul, decomposed
        0x1780...0x17FF,  // Khmer
        0x2E80...0x9FFF,  // CJK, kana, bopomofo
        0xA960...0xA97F, 0xAC00...0xD7FF,  // Hangul
        0xF900...0xFAFF, 0xFF66...0xFF9D,  // CJK compatibility, half-width kana
        0x20000...0x3FFFF,  // CJK extensions
    ]
}
