/// The precondition of `If-Match`, to be checked in the transaction of the change.
public enum IfMatch {
    /// Checks the tag of the current state against the field.
    ///
    /// - Parameters:
    ///   - field: the `If-Match` field; nil if the request is unconditional.
    ///   - current: the tag of the resource, read under the lock of the transaction.
    /// - Throws: ``Problem`` `precondition-failed`.
    public static func check(_ field: String?, _ current: @autoclosure () throws -> EntityTag) throws {
        guard let field, try !current().isNamed(in: field) else { return }
        throw Problem(.preconditionFailed, "The resource has changed; read it again.")
    }
}
