import ParleyContract
import SpecCore

/// Rules for new passwords that a schema cannot express.
enum PasswordRules {
    /// Name of the product, which its passwords must not consist of.
    private static let product = "parley"
    /// Minimum length in code points; the schema counts them as they were typed.
    private static let lengthMin = 8
    /// Minimum length of a name or an address that a password must not consist of.
    private static let ownWordMin = 3

    /// Applies the rules that need no account.
    /// - Returns: the password in its canonical spelling.
    /// - Throws: ``Problem`` `password-common`.
    static func accepted(_ typed: String) throws -> String {
        let password = PasswordText.normalized(typed)
        guard password.unicodeScalars.count >= lengthMin else {
            throw Problem(.passwordCommon, "The password has fewer than \(lengthMin) characters; choose another.")
        }
        let texts = PasswordCores(password).texts
        guard !texts.contains(product), !texts.contains(where: CommonPasswords.contain) else {
            throw Problem(.passwordCommon)
        }
        return password
    }

    /// Rejects an accepted password that consists of words of its account.
    ///
    /// - Parameters:
    ///   - email: address of the account.
    ///   - name: display name of the account.
    /// - Throws: ``Problem`` `password-common`.
    static func checkOwnWords(in password: String, email: String, name: String) throws {
        let own = [email, String(email.prefix { $0 != "@" }), name]
        let words = own.flatMap { [PasswordCores.word($0), PasswordCores.folded($0)] }
        guard PasswordCores(password).texts.isDisjoint(with: words.filter { $0.count >= ownWordMin }) else {
            throw Problem(.passwordCommon, "A password must not consist of your address or your name; choose another.")
        }
    }
}
