/// Names the problem codes of a spec, once for all operations.
struct ProblemLowering {
    private struct Key: Hashable {
        let status: Int
        let code: String
    }

    /// Names that `ProblemCode` has already.
    private static let taken = Set(
        ["general", "init", "self", "Type", "Protocol"] + RuntimeProblem.all.map(\.swiftName))

    /// Names the codes of the operations.
    /// - Returns: the codes that the run time does not declare, by name.
    static func lower(_ operations: inout [OperationModel]) -> [ProblemModel] {
        var found: [Key: ProblemModel] = [:]
        for problem in operations.flatMap(\.problems) {
            let key = Key(status: problem.status, code: problem.code)
            var known = found[key] ?? problem
            known.sentence = known.sentence ?? problem.sentence
            found[key] = known
        }
        let named = name(found.values.sorted { ($0.code, $0.status) < ($1.code, $1.status) })
        let names = Dictionary(
            uniqueKeysWithValues: named.map { (Key(status: $0.status, code: $0.code), $0.swiftName) })
        for index in operations.indices {
            for place in operations[index].problems.indices {
                let problem = operations[index].problems[place]
                let name = names[Key(status: problem.status, code: problem.code)]
                operations[index].problems[place].swiftName = name ?? problem.swiftName
            }
        }
        return named.filter { RuntimeProblem.find($0.status, $0.code) == nil }
    }

    /// Names each code after itself; with its status if another operation declares it with another one.
    private static func name(_ problems: [ProblemModel]) -> [ProblemModel] {
        let counts = Dictionary(grouping: problems, by: \.code).mapValues(\.count)
        var taken = taken
        return problems.map { problem in
            var problem = problem
            if let known = RuntimeProblem.find(problem.status, problem.code) {
                problem.swiftName = known.swiftName
            } else {
                let stem =
                    SwiftNames.lower(problem.code) + (counts[problem.code, default: 1] > 1 ? "\(problem.status)" : "")
                problem.swiftName = SwiftNames.unique(stem, in: &taken)
            }
            return problem
        }
    }
}
