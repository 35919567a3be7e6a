/// The compiler: pure functions from the files of a spec to diagnostics and generated files.
package enum Compiler {
    /// The result of generation: the files, or diagnostics with an error among them.
    package struct Generation: Sendable {
        /// The text of each generated file by its name.
        package let outputs: [String: String]
        package let diagnostics: [Diagnostic]
        package let coverage: Coverage
    }

    /// All diagnostics of a spec, the same as in a build.
    ///
    /// - Parameter isStrict: true if warnings of what the standard allows are errors; a spec can ask for that itself.
    package static func lint(files: SpecFiles, isStrict: Bool = false) -> [Diagnostic] {
        DeepStack.run { findings(files, isStrict) }
    }

    private static func findings(_ files: SpecFiles, _ isStrict: Bool) -> [Diagnostic] {
        var checked = check(files)
        if isStrict { checked.diagnostics = checked.diagnostics.map(\.strict) }
        guard let documents = checked.documents, !checked.diagnostics.hasErrors else { return checked.diagnostics }
        return checked.diagnostics
            + Lowering.lower(documents, checked.patterns, besides: checked.storage?.typeNames ?? []).diagnostics
    }

    /// Generates Swift for a spec without errors; otherwise only diagnostics.
    package static func generate(files: SpecFiles, options: GenerateOptions) -> Generation {
        DeepStack.run { generation(files, options) }
    }

    private static func generation(_ files: SpecFiles, _ options: GenerateOptions) -> Generation {
        let checked = check(files)
        let (contract, diagnostics) = lower(checked)
        guard let contract else {
            return Generation(outputs: [:], diagnostics: diagnostics, coverage: checked.coverage)
        }
        var options = options
        options.access = contract.access
        var outputs = ContractPrinter.print(contract, options: options)
        if let storage = checked.storage { outputs.merge(StoragePipeline.print(storage, options: options)) { $1 } }
        let named = outputs.map { (OutputPlan.prefix + $0.key, $0.value) }
        return Generation(
            outputs: Dictionary(uniqueKeysWithValues: named), diagnostics: diagnostics, coverage: checked.coverage)
    }

    /// Generates stubs of the service methods that Swift files lack; empty if none is missing.
    ///
    /// - Parameter sources: the texts of the files.
    /// - Parameter module: the module of the generated code, or nil if the stubs are in the same module.
    package static func stubs(
        files: SpecFiles, sources: [String], module: String?
    ) -> (text: String, diagnostics: [Diagnostic]) {
        let (contract, diagnostics) = DeepStack.run { lower(check(files)) }
        guard let contract else { return ("", diagnostics) }
        return (StubsPrinter(contract, sources: ServiceSources(sources), module: module).text, diagnostics)
    }

    /// Lowers a checked spec; the contract is nil if there are errors.
    private static func lower(_ checked: Checked) -> (contract: Contract?, diagnostics: [Diagnostic]) {
        guard let documents = checked.documents, !checked.diagnostics.hasErrors else {
            return (nil, checked.diagnostics)
        }
        let (contract, findings) = Lowering.lower(
            documents, checked.patterns, besides: checked.storage?.typeNames ?? [])
        return (findings.hasErrors ? nil : contract, checked.diagnostics + findings)
    }

    private struct Checked {
        /// The documents, or nil if the files could not be read.
        var documents: SpecDocuments?
        var storage: StorageContract?
        var diagnostics: [Diagnostic]
        var coverage = Coverage()
        /// The patterns compiled by Check, which Lower reuses.
        var patterns = PatternCache()
    }

    /// Parses and checks a spec.
    private static func check(_ files: SpecFiles) -> Checked {
        let (documents, findings) = SpecLoader.load(files)
        guard let documents else { return Checked(diagnostics: findings) }
        let patterns = PatternCache()
        let (checkFindings, coverage) = Checker.check(documents, patterns)
        let (storage, storageFindings) = StoragePipeline.compile(documents)
        let isStrict = documents.root["x-spec"]?["strict"]?.bool == true
        return Checked(
            documents: documents, storage: storage,
            diagnostics: findings + (isStrict ? checkFindings.map(\.strict) : checkFindings) + storageFindings,
            coverage: coverage, patterns: patterns)
    }
}

extension [Diagnostic] {
    /// True if there is an error among the diagnostics.
    package var hasErrors: Bool {
        contains { $0.severity == .error }
    }
}
