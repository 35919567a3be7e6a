import Logging
package import ParleyContract
package import SpecCore

/// Whether the server is up and can do its work.
package struct SystemStatus: SystemService {
    private let store: any Store

    package init(store: any Store) {
        self.store = store
    }

    package func health(_ input: Health.Input, _ context: Context) async throws -> Health.Output { .ok(HealthModel()) }

    package func ready(_ input: Ready.Input, _ context: Context) async throws -> Ready.Output {
        do {
            try await store.check()
        } catch {
            context.logger.error("the database does not answer: \(error)")
            throw Problem(.unavailable, "The database does not answer.", retryAfterSeconds: 1)
        }
        return .ok(HealthModel())
    }
}
