import Logging
import SpecCore

/// Where every request comes in, whatever carried it: finds the operation, the caller and the limits, asks the
/// generated code, and turns what is thrown into problems.
///
/// A class, so that handing it to the task of a request costs one reference.
final class Door: Sendable {
    private let endpoints: [Endpoint]
    private let routes: RouteTable
    private let pages: Pages
    private let guards: Guards
    /// nil: nothing is limited.
    private let limiter: (any Limiter)?
    /// What holds where no operation answers.
    private let limits: [RateLimit]
    private let onceLog: (any OnceLog)?
    private let origins: CrossOrigins?
    private let log: AccessLog?
    private let logger: Logger
    private let ids = RequestIDs()

    init(
        endpoints: [Endpoint], pages: Pages, authenticator: any Authenticator, limiter: any Limiter,
        limits: [RateLimit], onceLog: (any OnceLog)?, origins: CrossOrigins?, log: AccessLog?, logger: Logger
    ) {
        precondition(
            onceLog != nil || endpoints.allSatisfy { $0.operation.idempotency == nil },
            "operations with x-idempotency need a log of their answers")
        self.endpoints = endpoints
        routes = RouteTable(endpoints.map(\.operation))
        self.pages = pages
        guards = Guards(authenticator: authenticator)
        self.limiter = limiter is UnlimitedLimiter ? nil : limiter
        self.limits = limits
        self.onceLog = onceLog
        self.origins = origins
        self.log = log
        self.logger = logger
    }

    /// Answers a request; never throws, never waits for anything but the service and the body.
    func answer(_ request: DoorRequest, body: RequestBody) async -> DoorReply {
        let match = routes.match(request.method, target: request.head.target)
        // Escapes that need not be there are taken away once, and only where nothing has them.
        guard case .notFound = match, let plain = request.withPlainPath else {
            return await answer(request, match, body)
        }
        return await answer(plain, routes.match(plain.method, target: plain.head.target), body)
    }

    private func answer(_ request: DoorRequest, _ match: RouteTable.Match, _ body: RequestBody) async -> DoorReply {
        let start = ContinuousClock.now
        let trace = Trace(request.head.fields, ids)
        var route: StaticOrPath = .none
        var reply = DoorReply(answer: Answer(500), requestID: trace.requestID)
        switch match {
        case .found(let index, let captures):
            route = .operation(endpoints[index].operation)
            reply.answer = await run(endpoints[index], captures, request, body, trace)
        default: await answerBeside(match, request, trace, &reply)
        }
        trace.addFields(to: &reply.answer)
        origins?.addFields(to: &reply.answer, for: request.head.fields)
        log?.record(request, reply, route: route.text, since: start)
        return reply
    }

    /// The answer to a request whose head could not be used.
    /// - Parameters:
    ///   - path: what it names, where that can be read.
    ///   - fields: the fields, where they could be read.
    func refuse(_ problem: Problem, path: String, fields: HeaderFields) -> DoorReply {
        let trace = Trace(fields, ids)
        var answer = Answer.problem(problem, instance: path, requestID: trace.requestID)
        trace.addFields(to: &answer)
        let reply = DoorReply(answer: answer, requestID: trace.requestID, closes: true)
        log?.record(method: "-", reply, route: "-", since: .now)
        return reply
    }

    // MARK: Beside the operations

    /// Answers what no operation does: pages, preflights, refusals. Nobody is signed in here, so the limits of the
    /// root count by address.
    private func answerBeside(
        _ match: RouteTable.Match, _ request: DoorRequest, _ trace: Trace, _ reply: inout DoorReply
    ) async {
        let gate: RequestLimits? =
            limits.isEmpty ? nil : limiter.map { RequestLimits(limiter: $0, address: request.address) }
        do throws(Problem) {
            if let gate { try await gate.admit(limits) }
            try answer(match, request, &reply)
        } catch {
            reply.answer = problemAnswer(error, request, trace)
        }
        if let gate { await gate.settle(nil, &reply.answer) }
    }

    private func answer(
        _ match: RouteTable.Match, _ request: DoorRequest, _ reply: inout DoorReply
    ) throws(Problem) {
        switch match {
        case .found: preconditionFailure("an operation answers what was found")
        case .methodNotAllowed(let allow):
            guard let answer = preflight(request, allow) else { throw methodNotAllowed(allow) }
            reply.answer = answer
        case .notFound:
            if request.isOfServer {
                reply.answer = Answer(204)
                return
            }
            guard let page = pages.page(at: request.path) else {
                throw Problem(.notFound, "There is nothing at this path.")
            }
            guard request.method == .get || request.method == .head else {
                guard let answer = preflight(request, "GET, HEAD") else { throw methodNotAllowed("GET, HEAD") }
                reply.answer = answer
                return
            }
            reply.answer = page.answer
            reply.hasOwnPolicy = page.hasOwnPolicy
        }
    }

    private func methodNotAllowed(_ allow: String) -> Problem {
        Problem(
            .methodNotAllowed, "This path takes \(allow).", fields: HeaderFields([HeaderField("Allow", allow)]))
    }

    /// What a browser may ask across origins; nil where this is no such question.
    private func preflight(_ request: DoorRequest, _ allow: String) -> Answer? {
        guard let origins, request.method == .options, let method = origins.preflightMethod(request.head.fields) else {
            return nil
        }
        guard case .found(let index, _) = routes.match(method, target: request.head.target) else {
            return origins.preflight(nil, allow: allow)
        }
        return origins.preflight(endpoints[index].operation, allow: allow)
    }

    // MARK: Operation

    private func run(
        _ endpoint: Endpoint, _ captures: PathCaptures, _ request: DoorRequest, _ body: RequestBody, _ trace: Trace
    ) async -> Answer {
        let operation = endpoint.operation
        let gate: RequestLimits? =
            operation.limits.isEmpty ? nil : limiter.map { RequestLimits(limiter: $0, address: request.address) }
        var answer: Answer
        var code: ProblemCode?
        do {
            try await gate?.admitHead(operation, caller: nil)
            let caller = operation.security.isEmpty ? nil : try await caller(of: operation, request.head, gate)
            try Negotiation(operation).check(request)
            if let caller { try await gate?.admitHead(operation, caller: caller) }
            let context = Context(
                operation: operation, requestID: trace.requestID, caller: caller, address: request.address,
                logger: logger)
            let incoming = Incoming(
                head: request.head, captures: captures, body: body, context: context, gate: gate ?? OpenGate(),
                once: onceGate(operation, request))
            answer = try await endpoint.answer(incoming)
        } catch {
            let problem = self.problem(of: error, operation, trace)
            code = problem.code
            answer = problemAnswer(guards.challenged(problem, operation), request, trace)
        }
        if let gate { await gate.settle(code, &answer) }
        return answer
    }

    /// Whoever is refused is counted by address, so that guessing credentials has a limit too.
    private func caller(of operation: Operation, _ head: RequestHead, _ gate: RequestLimits?) async throws -> Caller? {
        do {
            return try await guards.caller(of: operation, head)
        } catch {
            try await gate?.admitRefused(operation)
            throw error
        }
    }

    private func onceGate(_ operation: Operation, _ request: DoorRequest) -> OnceRequest? {
        guard let idempotency = operation.idempotency, let onceLog, request.head.fields["idempotency-key"] != nil else {
            return nil
        }
        return OnceRequest(idempotency, log: onceLog, request: request)
    }

    /// A problem as it is; anything else is logged whole and shown bare.
    private func problem(of error: any Error, _ operation: Operation, _ trace: Trace) -> Problem {
        if let problem = error as? Problem {
            if !operation.problems.contains(problem.code), !ProblemCode.general.contains(problem.code) {
                logger.error(
                    "\(operation.id) threw a problem that the spec does not declare: \(problem.code.name)",
                    metadata: ["requestId": "\(trace.requestID)"])
            }
            return problem
        }
        if case .unavailable(let reason)? = error as? StoreError {
            logger.error("\(operation.id): \(reason)", metadata: ["requestId": "\(trace.requestID)"])
            return Problem(.unavailable, "The database cannot be reached; try again.", retryAfterSeconds: 1)
        }
        if case .failed(let reason)? = error as? MediaStoreError {
            logger.error("\(operation.id): \(reason)", metadata: ["requestId": "\(trace.requestID)"])
            return Problem(.unavailable, "Files cannot be kept or read now; try again.", retryAfterSeconds: 5)
        }
        logger.error("\(operation.id) failed: \(error)", metadata: ["requestId": "\(trace.requestID)"])
        return Problem(.internal, "Something went wrong; the server's log has it under this requestId.")
    }

    private func problemAnswer(_ problem: Problem, _ request: DoorRequest, _ trace: Trace) -> Answer {
        Answer.problem(problem, instance: request.path, requestID: trace.requestID)
    }
}

/// What the access log calls the place a request went to.
enum StaticOrPath {
    case none
    case operation(Operation)

    var text: String {
        switch self {
        case .none: "-"
        case .operation(let operation): operation.path
        }
    }
}
