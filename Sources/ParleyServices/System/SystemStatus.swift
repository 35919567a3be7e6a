import Logging
package import ParleyContract
package import SpecCore

/// Liveness and readiness of the server.
package struct SystemStatus: SystemService {
    private let store: any Store
    private let objects: any MediaStore

    package init(store: any Store, objects: any MediaStore) {
        self.store = store
        self.objects = objects
    }

    package func health(_ input: HealthOperation.Input, _ context: Context) async throws -> HealthOperation.Output {
        .ok(Health())
    }

    package func ready(_ input: Ready.Input, _ context: Context) async throws -> Ready.Output {
        try await check("The database does not respond or cannot be written.", context) { try await store.check() }
        try await check("The file storage cannot be written.", context) { try await objects.check() }
        return .ok(Health())
    }

    /// - Parameter detail: the detail of the problem if the check fails.
    private func check(_ detail: String, _ context: Context, _ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            context.logger.error("not ready: \(detail) \(error)")
            throw Problem(.unavailable, detail, retryAfterSeconds: 1)
        }
    }
}
