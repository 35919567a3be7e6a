/// Compiles each pattern of a spec once, for its checks and for its code.
package final class PatternCache {
    private var known: [String: Result<PatternModel, PatternError>] = [:]

    func compile(_ source: String) -> Result<PatternModel, PatternError> {
        if let result = known[source] { return result }
        let result = PatternCompiler.compile(source)
        known[source] = result
        return result
    }
}
