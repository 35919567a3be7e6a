/// Keyword counts of a spec, printed as the coverage line of a build.
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
    /// Formats without a rule, which are annotations.
    package var openFormats = 0
    /// Ignored keywords; always zero, because such a keyword is an error.
    package var ignored = 0

    package init() {}

    /// The printed line, such as "spec: 12 operations, 34 schemas; keywords: 310 enforced, 120 typed, …".
    package var line: String {
        "spec: \(Self.count(operations, "operation")), \(Self.count(schemas, "schema")); keywords: "
            + "\(enforced) enforced, \(typed) typed, \(documentation) documentation, \(ignored) ignored"
            + (openFormats == 0 ? "" : "; \(Self.count(openFormats, "format")) not enforced")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
