package import Configuration

/// The variables that the server was started with. An empty one counts as unset.
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
            throw SettingsError(name, "expected a port from 0 to 65535, but '\(text)' came.")
        }
        return port
    }

    /// One of a few words.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, default standard: Value
    ) throws -> Value where Value.RawValue == String {
        guard let text = try text(name) else { return standard }
        guard let value = Value(rawValue: text) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(name, "expected one of \(words), but '\(text)' came.")
        }
        return value
    }

    /// Refuses a variable whose part of the server is not there yet: ignoring it would be a lie.
    func refuse(_ name: String, _ reason: String) throws {
        if try text(name) != nil { throw SettingsError(name, reason) }
    }
}
