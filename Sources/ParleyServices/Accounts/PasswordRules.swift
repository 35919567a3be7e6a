import ParleyContract
import SpecCore

/// Rules for new passwords that a schema cannot express.
enum PasswordRules {
    /// Returns the password in its canonical spelling.
    ///
    /// - Throws: ``Problem`` `password-too-long` or `password-common`.
    static func accepted(_ typed: String) throws -> String {
        let password = PasswordText.normalized(typed)
        let bytes = password.utf8.count
        guard bytes <= PasswordHasher.passwordBytesMax else {
            throw Problem(
                .passwordTooLong,
                "A password can have at most \(PasswordHasher.passwordBytesMax) bytes; this one has \(bytes).")
        }
        guard !CommonPasswords.contain(password) else {
            throw Problem(.passwordCommon)
        }
        return password
    }
}
