/// The ports of the listeners.
package struct ListenerPorts: Sendable {
    package let port: Int
    /// The port of the internal listener; nil if it is off.
    package let adminPort: Int?
}

/// Gathers the ports of listeners that start at the same time.
actor OpenPorts {
    private let hasAdmin: Bool
    private let onListening: @Sendable (ListenerPorts) async -> Void
    private var port: Int?
    private var adminPort: Int?

    /// - Parameter onListening: called once all listeners take requests.
    init(hasAdmin: Bool, _ onListening: @escaping @Sendable (ListenerPorts) async -> Void) {
        self.hasAdmin = hasAdmin
        self.onListening = onListening
    }

    func setPublic(_ port: Int) async {
        self.port = port
        await tellIfAll()
    }

    func setAdmin(_ port: Int) async {
        adminPort = port
        await tellIfAll()
    }

    private func tellIfAll() async {
        guard let port, adminPort != nil || !hasAdmin else { return }
        await onListening(ListenerPorts(port: port, adminPort: adminPort))
    }
}
