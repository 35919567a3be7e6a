/// How the keywords of a spec were taken: what the coverage line of a build counts.
package struct Coverage: Sendable, Equatable {
    /// Operations and schemas of the spec.
    package var operations = 0
    package var schemas = 0
    /// Keywords whose rule generated code checks at run time.
    package var enforced = 0
    /// Keywords that became types, routes or names.
    package var typed = 0
    /// Keywords for readers only.
    package var documentation = 0
    /// Keywords that nothing was done with; zero, because such a keyword is refused.
    package var ignored = 0

    package init() {}

    /// "spec: 12 operations, 34 schemas; keywords: 310 enforced, 120 typed, 88 documentation, 0 ignored".
    package var line: String {
        "spec: \(Self.count(operations, "operation")), \(Self.count(schemas, "schema")); keywords: "
            + "\(enforced) enforced, \(typed) typed, \(documentation) documentation, \(ignored) ignored"
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
