/// Checks a spec against the standard and against the features that are supported; fails closed.
package struct Checker {
    /// Returns all findings of the OpenAPI documents, and the coverage of their keywords.
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
        let folds = FoldedSchemas(objects.documents, objects.references)
        let validator = SchemaValidator(objects.references, folds, patterns)
        var schemas = SchemaRules(objects, folds, validator)
        schemas.check()
        findings.add(schemas.findings)
        var recursion = RecursionRules(objects, folds)
        recursion.check()
        findings.add(recursion.findings)
        var defaults = DefaultRules(folds)
        defaults.check(objects.all(.schema))
        findings.add(defaults.findings)
        var signed = SignedRules(objects, folds)
        signed.check()
        findings.add(signed.findings)
        var patternRules = PatternRules(patterns)
        patternRules.check(objects.all(.schema))
        findings.add(patternRules.findings)
        var examples = ExampleRules(objects, validator, after: findings)
        examples.check()
        findings = examples.findings
    }

    private static func checkOperations(_ objects: SpecObjects, _ findings: inout Findings) {
        let folds = FoldedSchemas(objects.documents, objects.references)
        var paths = PathRules(objects)
        paths.check()
        findings.add(paths.findings)
        var operations = OperationRules(objects, folds)
        operations.check()
        findings.add(operations.findings)
        var parameters = ParameterRules(objects, folds)
        parameters.check()
        findings.add(parameters.findings)
        var content = ContentRules(objects, folds)
        content.check()
        findings.add(content.findings)
        var forms = FormRules(objects, folds)
        forms.check()
        findings.add(forms.findings)
        var security = SecurityRules(objects)
        security.check(operations.operations)
        findings.add(security.findings)
    }
}
