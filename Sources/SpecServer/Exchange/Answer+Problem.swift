import SpecCore

extension Answer {
    /// A problem as `application/problem+json` (RFC 9457).
    static func problem(_ problem: Problem, instance: String, requestID: String) -> Answer {
        var json = JSONWriter()
        problem.write(to: &json, instance: instance, requestID: requestID)
        var fields = problem.fields
        if let seconds = problem.retryAfterSeconds { fields.append("Retry-After", String(seconds)) }
        return Answer(
            problem.code.status, contentType: "application/problem+json", fields: fields, body: .bytes(json.finish()))
    }
}
