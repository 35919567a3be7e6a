/// A problem code that the run time declares; a spec may list it, and generated code uses the run time's own constant.
package struct RuntimeProblem: Sendable {
    package let status: Int
    package let code: String
    /// The constant of SpecCore's `ProblemCode`.
    package let swiftName: String
    /// True for codes that any operation can respond with, whether it declares them or not.
    package let isGeneral: Bool

    private init(_ status: Int, _ code: String, _ swiftName: String? = nil, isGeneral: Bool = true) {
        self.status = status
        self.code = code
        self.swiftName = swiftName ?? SwiftNames.lower(code)
        self.isGeneral = isGeneral
    }

    package static let all = [
        RuntimeProblem(400, "invalid-request", "invalid"), RuntimeProblem(400, "malformed"),
        RuntimeProblem(401, "unauthenticated"), RuntimeProblem(401, "token-expired"),
        RuntimeProblem(403, "forbidden", isGeneral: false), RuntimeProblem(404, "not-found", isGeneral: false),
        RuntimeProblem(405, "method-not-allowed"), RuntimeProblem(406, "not-acceptable"),
        RuntimeProblem(408, "request-timeout"), RuntimeProblem(409, "idempotency-running", isGeneral: false),
        RuntimeProblem(412, "precondition-failed", isGeneral: false), RuntimeProblem(413, "content-too-large"),
        RuntimeProblem(415, "unsupported-media-type"), RuntimeProblem(417, "expectation-failed"),
        RuntimeProblem(422, "idempotency-mismatch", isGeneral: false), RuntimeProblem(429, "rate-limited"),
        RuntimeProblem(431, "head-too-large"), RuntimeProblem(500, "internal"),
        RuntimeProblem(501, "not-implemented"), RuntimeProblem(503, "unavailable"),
    ]

    /// The code of the run time, or nil if the spec declares one of its own.
    static func find(_ status: Int, _ code: String) -> RuntimeProblem? {
        all.first { $0.status == status && $0.code == code }
    }
}
