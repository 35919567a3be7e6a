public import SpecCore

/// A request and what is known about its response so far, as policies see it.
public struct Exchange: Sendable {
    /// The operation; nil for a request that matches none.
    public let operation: Operation?
    public let head: RequestHead
    /// The client's address without port, as text.
    public let address: String
    public let body: any BodyStream
    /// The time at which the request reached the dispatcher.
    public let start = ContinuousClock.now
    /// The id of the request: the client's `X-Request-Id`, or a new one.
    public internal(set) var requestID = ""
    /// The caller; nil before it is known, and for anonymous requests.
    public internal(set) var caller: Caller?
    /// The code of the problem that the response reports; nil for an output.
    public internal(set) var problemCode: ProblemCode?
    /// Fields that are added to the response, whatever it will be.
    public var responseFields = HeaderFields()

    /// A method that OpenAPI does not know, as the client sent it.
    let unknownMethod: String?
    let client: ClientLink?
    let policies: PolicyChain
    var credentials = CredentialState.notRequired
    var fingerprint: RequestFingerprint?
    var tokens: [TakenToken] = []

    init(_ request: ServerRequest, _ operation: Operation?, _ policies: PolicyChain) {
        self.operation = operation
        self.policies = policies
        head = request.head
        address = request.address
        body = request.body
        client = request.client
        unknownMethod = request.unknownMethod
    }

    /// The client as one that is not signed in, for the readers of the store; an IPv6 client counts by its /64.
    var anonymous: Requester { .address(AddressPrefix.network(of: address)) }
    /// The caller, or the client of a request without one.
    var requester: Requester { caller.map { .user($0.subject) } ?? anonymous }
}

extension OperationResponse {
    /// Adds the fields that policies want on any response.
    mutating func addFields(of exchange: Exchange) {
        // Appending nothing would still copy the list.
        if !exchange.responseFields.list.isEmpty { fields.list += exchange.responseFields.list }
    }
}
