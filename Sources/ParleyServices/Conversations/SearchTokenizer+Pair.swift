import SpecCore

extension SearchTokenizer {
    /// Tokenizer of the search within a conversation.
    init(in pair: Pair) {
        // 62 random bits of each id; a shared mark is resolved by the conversation's own columns.
        let bits = (pair.low.low &* 0x9E37_79B9_7F4A_7C15) ^ pair.high.low
        self.init(mark: "c" + String(bits, radix: 36) + "z")
    }
}
