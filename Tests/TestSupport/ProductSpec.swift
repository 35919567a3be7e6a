import Foundation
package import SpecCompiler

/// The product's own spec, as the build reads it.
package enum ProductSpec {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../spec")
        .standardized

    /// A diagnostic of the product's spec, as the compiler prints it.
    package struct Issue: Error, CustomStringConvertible {
        package let description: String
    }

    /// The tables, the statements and the migrations.
    package static func storage() throws -> StorageContract {
        let (documents, findings) = SpecLoader.load(try files())
        guard let documents else { throw Issue(description: DiagnosticPrinter(findings).text) }
        let (contract, diagnostics) = StoragePipeline.compile(documents)
        guard let contract, diagnostics.isEmpty else {
            throw Issue(description: DiagnosticPrinter(diagnostics).text)
        }
        return contract
    }

    package static func files() throws -> SpecFiles {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        let files = paths.compactMap { path in
            FileManager.default.contents(atPath: folder.path + "/" + path).map {
                SourceFile(path: "spec/" + path, bytes: [UInt8]($0))
            }
        }
        return SpecFiles(folder: "spec", files: files)
    }
}

extension QueryModel {
    /// The SQL texts of a query for an engine; on PostgreSQL the statement first, then the locks it takes before.
    package func texts(_ engine: Engine) -> [String] {
        switch engine {
        case .sqlite: sqlite
        case .postgres: [postgres] + (write?.locks.map(\.postgres) ?? [])
        }
    }
}
