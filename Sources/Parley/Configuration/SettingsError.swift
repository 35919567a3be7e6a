/// An invalid environment variable that prevents the start; `parley` prints it as one line and exits with 78.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits.h.
    package static let exitCode: Int32 = 78

    package let variable: String
    /// The actual value and what was expected.
    package let message: String

    package init(_ variable: String, _ message: String) {
        self.variable = variable
        self.message = message
    }

    package var description: String { "\(variable): \(message)" }
}
