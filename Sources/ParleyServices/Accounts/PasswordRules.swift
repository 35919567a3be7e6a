import ParleyContract
import SpecCore

/// What a new password must be beyond what a schema can say.
enum PasswordRules {
    /// - Throws: ``Problem`` `password-too-long` or `password-common`.
    static func check(_ password: String) throws {
        let bytes = password.utf8.count
        guard bytes <= PasswordHasher.passwordBytesMax else {
            throw Problem(
                Register.Problems.passwordTooLong,
                "A password has at most \(PasswordHasher.passwordBytesMax) bytes; this one has \(bytes).")
        }
        guard !CommonPasswords.contain(password) else {
            throw Problem(
                Register.Problems.passwordCommon,
                "This password is one of those that are tried first; choose another.")
        }
    }
}
