import ParleyContract
package import SpecCore

extension PageCursors {
    /// Cursors whose problem is `cursor-invalid`.
    package init(authenticator: any MessageAuthenticator) {
        self.init(
            authenticator: authenticator,
            invalid: Problem(.cursorInvalid))
    }
}
