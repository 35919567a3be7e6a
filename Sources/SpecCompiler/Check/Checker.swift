/// Finds what is wrong with a spec, and what it asks that is not done yet: fail closed.
package struct Checker {
    /// All findings of the OpenAPI documents, and how their keywords were taken.
    package static func check(_ documents: SpecDocuments) -> (diagnostics: [Diagnostic], coverage: Coverage) {
        var root = RootRule(root: documents.root, file: documents.files.files[documents.rootPath])
        guard let edition = root.check() else { return (root.findings.diagnostics, Coverage()) }
        var walk = GrammarWalk(SpecObjects(documents: documents, edition: edition))
        walk.walk()
        var findings = root.findings
        findings.add(walk.findings)
        let views = SchemaViews(walk.objects)
        var schemas = SchemaRules(walk.objects, views)
        schemas.check()
        findings.add(schemas.findings)
        let patterns = PatternCache()
        var patternRules = PatternRules(patterns)
        patternRules.check(walk.objects.all(.schema))
        findings.add(patternRules.findings)
        var examples = ExampleRules(walk.objects, patterns)
        examples.check()
        findings.add(examples.findings)
        return (findings.diagnostics, walk.coverage)
    }
}
