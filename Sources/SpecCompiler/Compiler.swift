/// The compiler as a whole: pure functions from the files of a spec to findings and generated files.
package enum Compiler {
    /// What generating gave: either findings with an error among them, or the files.
    package struct Generation: Sendable {
        /// The text of each generated file by its name.
        package let outputs: [String: String]
        package let diagnostics: [Diagnostic]
        package let coverage: Coverage
    }

    /// All findings of a spec: those that the build has.
    package static func lint(files: SpecFiles) -> [Diagnostic] {
        let checked = check(files)
        guard let documents = checked.documents, !checked.diagnostics.hasErrors else { return checked.diagnostics }
        return checked.diagnostics + Lowering.lower(documents, checked.patterns).diagnostics
    }

    /// Swift for a spec without errors; only findings for one with them.
    package static func generate(files: SpecFiles, options: GenerateOptions) -> Generation {
        let checked = check(files)
        let (contract, diagnostics) = lower(checked)
        guard let contract else {
            return Generation(outputs: [:], diagnostics: diagnostics, coverage: checked.coverage)
        }
        var options = options
        options.access = contract.access
        var outputs = ContractPrinter.print(contract, options: options)
        if let storage = checked.storage { outputs.merge(StoragePrinter.print(storage, options: options)) { $1 } }
        return Generation(outputs: outputs, diagnostics: diagnostics, coverage: checked.coverage)
    }

    /// A skeleton of the service methods that Swift files lack; nothing when they have all.
    ///
    /// - Parameter sources: the texts of the files.
    /// - Parameter module: the module that the spec becomes; nil where the methods stand in it.
    package static func stubs(
        files: SpecFiles, sources: [String], module: String?
    ) -> (text: String, diagnostics: [Diagnostic]) {
        let (contract, diagnostics) = lower(check(files))
        guard let contract else { return ("", diagnostics) }
        return (StubsPrinter(contract, sources: ServiceSources(sources), module: module).text, diagnostics)
    }

    /// nil where something is wrong.
    private static func lower(_ checked: Checked) -> (contract: Contract?, diagnostics: [Diagnostic]) {
        guard let documents = checked.documents, !checked.diagnostics.hasErrors else {
            return (nil, checked.diagnostics)
        }
        let (contract, findings) = Lowering.lower(documents, checked.patterns)
        return (findings.hasErrors ? nil : contract, checked.diagnostics + findings)
    }

    private struct Checked {
        /// Missing when the files could not be read as a whole.
        var documents: SpecDocuments?
        var storage: StorageContract?
        var diagnostics: [Diagnostic]
        var coverage = Coverage()
        /// What Check compiled, Lower need not.
        var patterns = PatternCache()
    }

    /// Parse and check.
    private static func check(_ files: SpecFiles) -> Checked {
        let (documents, findings) = SpecLoader.load(files)
        guard let documents else { return Checked(diagnostics: findings) }
        let patterns = PatternCache()
        let (checkFindings, coverage) = Checker.check(documents, patterns)
        let (storage, storageFindings) = StorageStage.compile(documents)
        return Checked(
            documents: documents, storage: storage, diagnostics: findings + checkFindings + storageFindings,
            coverage: coverage, patterns: patterns)
    }
}

extension [Diagnostic] {
    /// Whether there is more than warnings.
    package var hasErrors: Bool {
        contains { $0.severity == .error }
    }
}
