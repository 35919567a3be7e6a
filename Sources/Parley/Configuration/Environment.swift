package import Configuration

/// Access to the environment variables of the process. An empty one counts as unset.
package struct Environment: Sendable {
    private let variables: EnvironmentVariablesProvider

    package init(_ variables: EnvironmentVariablesProvider) {
        self.variables = variables
    }

    package func text(_ name: String) throws -> String? {
        let text = try variables.environmentValue(forName: name)
        return text?.isEmpty == true ? nil : text
    }

    /// A TCP port; 0 lets the system choose one.
    func port(_ name: String, default standard: Int) throws -> Int {
        guard let text = try text(name) else { return standard }
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw SettingsError(name, "expected a port from 0 to 65535, but got '\(text)'.")
        }
        return port
    }

    func number(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws -> Int {
        guard let text = try text(name) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw SettingsError(
                name, "expected a number from \(range.lowerBound) to \(range.upperBound), but got '\(text)'.")
        }
        return number
    }

    /// One of a fixed set of words.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, default standard: Value
    ) throws -> Value where Value.RawValue == String {
        guard let text = try text(name) else { return standard }
        guard let value = Value(rawValue: text) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(name, "expected one of \(words), but got '\(text)'.")
        }
        return value
    }

    /// Rejects a variable of a feature that is not supported: to ignore it would mislead.
    func refuse(_ name: String, _ reason: String) throws {
        if try text(name) != nil { throw SettingsError(name, reason) }
    }
}
