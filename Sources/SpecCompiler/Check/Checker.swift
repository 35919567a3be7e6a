/// Finds what is wrong with a spec, and what it asks that is not done yet: fail closed.
package struct Checker {
    /// All findings of the OpenAPI documents, and how their keywords were taken.
    package static func check(
        _ documents: SpecDocuments, _ patterns: PatternCache
    ) -> (diagnostics: [Diagnostic], coverage: Coverage) {
        var root = RootRule(root: documents.root, file: documents.files.files[documents.rootPath])
        guard let edition = root.check() else { return (root.findings.diagnostics, Coverage()) }
        var walk = GrammarWalk(SpecObjects(documents: documents, edition: edition))
        walk.walk()
        var findings = root.findings
        findings.add(walk.findings)
        var words = WordRules(walk.objects)
        words.check()
        findings.add(words.findings)
        checkSchemas(walk.objects, patterns, &findings)
        checkOperations(walk.objects, &findings)
        return (findings.diagnostics, walk.coverage)
    }

    private static func checkSchemas(
        _ objects: SpecObjects, _ patterns: PatternCache, _ findings: inout Findings
    ) {
        let views = SchemaViews(objects)
        var schemas = SchemaRules(objects, views)
        schemas.check()
        findings.add(schemas.findings)
        var recursion = RecursionRules(objects, views)
        recursion.check()
        findings.add(recursion.findings)
        var defaults = DefaultRules(views)
        defaults.check(objects.all(.schema))
        findings.add(defaults.findings)
        var patternRules = PatternRules(patterns)
        patternRules.check(objects.all(.schema))
        findings.add(patternRules.findings)
        var examples = ExampleRules(objects, views, patterns)
        examples.check()
        findings.add(examples.findings)
    }

    private static func checkOperations(_ objects: SpecObjects, _ findings: inout Findings) {
        let views = SchemaViews(objects)
        var paths = PathRules(objects)
        paths.check()
        findings.add(paths.findings)
        var operations = OperationRules(objects, views)
        operations.check()
        findings.add(operations.findings)
        var parameters = ParameterRules(objects, views)
        parameters.check()
        findings.add(parameters.findings)
        var content = ContentRules(objects)
        content.check()
        findings.add(content.findings)
        var forms = FormRules(objects, views)
        forms.check()
        findings.add(forms.findings)
        var security = SecurityRules(objects)
        security.check(operations.operations)
        findings.add(security.findings)
    }
}
