/// Compiles each pattern of a spec once.
package final class PatternCache {
    private var known: [String: Result<PatternModel, PatternError>] = [:]

    package init() {}

    package func compile(_ source: String) -> Result<PatternModel, PatternError> {
        if let result = known[source] { return result }
        let result = PatternCompiler.compile(source)
        known[source] = result
        return result
    }
}
