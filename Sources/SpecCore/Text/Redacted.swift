/// A value that holds a secret, such as a password or a key: descriptions and reflection show its type only.
///
/// Whatever holds such a value, such as a service that a log names, can then be described without showing it.
public protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
    public var description: String { "\(Self.self)(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
