extension JSONWriter {
    /// Writes a URL in quotes, and notes its place if it is root-relative, so that it is signed when the response
    /// leaves.
    public mutating func signedURL(_ value: String) {
        text(value)
        guard SignedURLs.isSignable(value) else { return }
        note(count - 1 - value.utf8.count..<count - 1)
    }
}
