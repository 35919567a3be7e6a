import Logging
import SpecCore

/// The entry point of every request, whatever the transport: finds the operation, runs the policies and the generated
/// code, and turns thrown errors into problems.
///
/// A class, so that handing it to the task of a request costs one reference.
final class Dispatcher: Sendable {
    private let routes: RouteTable
    private let operations: [(endpoint: Endpoint, policies: PolicyChain)]
    private let unrouted: UnroutedRequests
    private let unroutedPolicies: PolicyChain
    private let trace = TracePolicy()
    private let failures: FailureReport

    /// - Throws: ``ConfigurationError`` if the policies lack what an operation needs.
    init(endpoints: [Endpoint], pages: Pages, policies configuration: PolicyConfiguration) throws {
        try WiringCheck.check(endpoints.map(\.operation), configuration)
        let policies = PolicyList.policies(configuration)
        routes = RouteTable(endpoints.map(\.operation))
        operations = endpoints.map { ($0, PolicyChain(policies, for: $0.operation)) }
        unrouted = UnroutedRequests(
            pages: pages, origins: configuration.origins, routes: routes, operations: endpoints.map(\.operation))
        unroutedPolicies = PolicyChain(policies, for: nil)
        failures = FailureReport(logger: configuration.logger)
    }

    // The steps of a request are inlined into one function: each call that could wait switches the task, which costs
    // more than most steps do.

    /// Responds to a request; never throws, and waits only for the service and the body.
    func respond(to request: ServerRequest) async -> ServerResponse {
        let (request, match) = route(request)
        guard case .found(let index, let captures) = match else { return await respondUnrouted(to: request, match) }
        let (endpoint, policies) = operations[index]
        var exchange = Exchange(request, endpoint.operation, policies)
        var response: OperationResponse
        do {
            try await admit(&exchange, policies)
            response = try await run(endpoint, captures, policies, &exchange)
        } catch {
            response = failures.response(to: error, &exchange)
        }
        if policies.waitsBeforeSending {
            await policies.complete(&response, &exchange)
        } else {
            policies.completeImmediately(&response, &exchange)
        }
        return ServerResponse(
            content: response, requestID: exchange.requestID,
            observed: ObservedExchange(exchange, status: response.status))
    }

    /// Finds the operation. Escaped unreserved characters are decoded only if the path as sent has no match.
    private func route(_ request: ServerRequest) -> (ServerRequest, RouteTable.Match) {
        let match = routes.match(request.head.method, target: request.head.target)
        guard case .notFound = match, let plain = request.normalizingUnreserved else { return (request, match) }
        return (plain, routes.match(plain.head.method, target: plain.head.target))
    }

    /// Runs the policies before the body is read.
    @inline(__always)
    private func admit(_ exchange: inout Exchange, _ policies: PolicyChain) async throws {
        guard policies.waitsBeforeBody else { return try policies.admitImmediately(&exchange) }
        try await Requester.$current.withValue(exchange.anonymous) { try await policies.admit(&exchange) }
    }

    /// Runs the generated code for the caller.
    @inline(__always)
    private func run(
        _ endpoint: Endpoint, _ captures: PathCaptures, _ policies: PolicyChain, _ exchange: inout Exchange
    ) async throws -> OperationResponse {
        let context = Context(
            operation: endpoint.operation, requestID: exchange.requestID, caller: exchange.caller,
            address: exchange.address, client: exchange.client, logger: failures.logger)
        let request = OperationRequest(
            endpoint.operation, head: exchange.head, captures: captures, body: exchange.body,
            fingerprint: exchange.fingerprint)
        return try await Requester.$current.withValue(exchange.requester) {
            guard policies.wrapsHandler else { return try await endpoint.respond(request, context) }
            return try await endpoint.respondWrapped(request, context) { input, handle in
                try await policies.wrap(&exchange, input, handle)
            }
        }
    }

    private func respondUnrouted(to request: ServerRequest, _ match: RouteTable.Match) async -> ServerResponse {
        let policies = unroutedPolicies
        var exchange = Exchange(request, nil, policies)
        var page: Page
        do {
            try await policies.admit(&exchange)
            page = try unrouted.page(for: match, request)
        } catch {
            page = Page(response: failures.response(to: error, &exchange))
        }
        await policies.complete(&page.response, &exchange)
        return ServerResponse(
            content: page.response, requestID: exchange.requestID, hasOwnPolicy: page.hasOwnPolicy,
            observed: ObservedExchange(exchange, status: page.response.status))
    }

    /// The response to a request that the transport rejected, of which the head may be known only in part.
    func refuse(_ problem: Problem, _ request: ServerRequest) -> ServerResponse {
        var exchange = Exchange(request, nil, unroutedPolicies)
        trace.begin(&exchange)
        exchange.problemCode = problem.code
        var response = OperationResponse.problem(
            problem, instance: request.head.path, requestID: exchange.requestID)
        response.addFields(of: exchange)
        return ServerResponse(
            content: response, requestID: exchange.requestID, closes: true,
            observed: ObservedExchange(exchange, status: response.status))
    }
}
