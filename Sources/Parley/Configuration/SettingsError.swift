/// A variable of the environment that the server cannot start with; `parley` prints it as one line and exits with 78.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits.h.
    package static let exitCode: Int32 = 78

    package let variable: String
    /// What came and what would be right.
    package let message: String

    package init(_ variable: String, _ message: String) {
        self.variable = variable
        self.message = message
    }

    package var description: String { "\(variable): \(message)" }
}
