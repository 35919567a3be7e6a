import Logging
import ServiceLifecycle
import UnixSignals

/// Waits for a signal that asks the process to stop; the end of this service is the end of all.
struct StopSignals: Service {
    let signals: [UnixSignal]
    let logger: Logger

    func run() async throws {
        for await signal in await UnixSignalsSequence(trapping: signals).cancelOnGracefulShutdown() {
            logger.info("stopping", metadata: ["signal": "\("\(signal)".uppercased())"])
            return
        }
    }
}
