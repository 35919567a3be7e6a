import SpecCompiler
import SpecCore
import Testing

/// The compiler's table of the run time's problem codes, compared with the run time.
@Suite struct RuntimeProblemTests {
    private static func codes(general: Bool) -> Set<ProblemCode> {
        Set(RuntimeProblem.all.filter { $0.isGeneral == general }.map { ProblemCode($0.status, $0.code) })
    }

    @Test func knowsTheGeneralCodes() {
        #expect(Self.codes(general: true) == ProblemCode.general)
    }

    @Test func knowsTheCodesThatOperationsDeclare() {
        let codes: Set<ProblemCode> = [
            .forbidden, .notFound, .preconditionFailed, .idempotencyRunning, .idempotencyMismatch,
        ]
        #expect(Self.codes(general: false) == codes)
    }
}
