import Logging
import SpecCore

/// The responses to thrown errors. Other errors than problems are logged in full and reported without details.
struct FailureReport: Sendable {
    let logger: Logger

    func response(to error: any Error, _ exchange: inout Exchange) -> OperationResponse {
        let problem = problem(of: error, exchange)
        exchange.problemCode = problem.code
        return .problem(problem, instance: exchange.head.path, requestID: exchange.requestID)
    }

    private func problem(of error: any Error, _ exchange: Exchange) -> Problem {
        let name = exchange.operation?.id ?? "a request without operation"
        switch error {
        case let problem as Problem:
            if isUndeclared(problem.code, exchange.operation) {
                log("\(name) threw a problem that the spec does not declare: \(problem.code.name)", exchange)
            }
            return problem
        case StoreError.unavailable(let reason):
            log("\(name): \(reason)", exchange)
            return Problem(.unavailable, "The database cannot be reached; try again.", retryAfterSeconds: 1)
        case MediaStoreError.failed(let reason):
            log("\(name): \(reason)", exchange)
            return Problem(.unavailable, "The file storage is unavailable; try again.", retryAfterSeconds: 5)
        default:
            log("\(name) failed: \(error)", exchange)
            return Problem(.internal, "Internal server error; the server log has the details under this requestId.")
        }
    }

    private func isUndeclared(_ code: ProblemCode, _ operation: Operation?) -> Bool {
        guard let operation else { return false }
        return !operation.problems.contains(code) && !ProblemCode.general.contains(code)
    }

    private func log(_ message: String, _ exchange: Exchange) {
        logger.error("\(message)", metadata: ["requestId": "\(exchange.requestID)"])
    }
}
