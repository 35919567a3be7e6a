@_spi(_Unicode) import Swift

/// The canonical spelling of a password, so that keyboards that compose accents differently give the same one.
enum PasswordText {
    /// Returns the text in Unicode's normalization form C.
    static func normalized(_ password: String) -> String {
        if password.utf8.allSatisfy({ $0 < 0x80 }) { return password }
        var scalars = String.UnicodeScalarView()
        for scalar in password._nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
