import SpecCore

extension OperationResponse {
    /// A problem as an `application/problem+json` response (RFC 9457).
    static func problem(_ problem: Problem, instance: String, requestID: String) -> OperationResponse {
        var json = JSONWriter()
        problem.write(to: &json, instance: instance, requestID: requestID)
        var fields = problem.fields
        if let seconds = problem.retryAfterSeconds { fields.append("Retry-After", String(seconds)) }
        return OperationResponse(
            problem.code.status, contentType: "application/problem+json", fields: fields, body: .bytes(json.finish()))
    }
}
