import Foundation
import SpecCompiler
import Testing

/// Output of `spec stubs` for a package that lacks methods.
@Suite struct StubsTests {
    private static let spec = """
        openapi: 3.1.0
        info: {title: A, version: '1'}
        x-swift: {access: package}
        security: []
        paths:
          /pets:
            get: {operationId: listPets, tags: [Pets], responses: {'204': {description: None.}}}
            post: {operationId: add-pet, tags: [Pets], responses: {'204': {description: None.}}}
          /shops:
            get: {operationId: listShops, tags: [Shops], responses: {'204': {description: None.}}}

        """

    private func stubs(_ sources: String..., module: String? = "Contract", spec: String = Self.spec) -> String {
        let file = SourceFile(path: "spec/openapi.yaml", bytes: Array(spec.utf8))
        let (text, diagnostics) = Compiler.stubs(
            files: SpecFiles(folder: "spec", files: [file]), sources: sources, module: module)
        #expect(DiagnosticPrinter(diagnostics).text == "")
        return text
    }

    @Test func printsAWholeServiceWhereThereIsNone() {
        let shops =
            "struct ShopKeeper: Sendable, ShopsService { func listShops(_ input: ListShops.Input, _ context: Context) {} }"
        #expect(
            stubs(shops) == """
                package import Contract
                package import SpecCore

                /// The operations of the tag Pets.
                package struct Pets: PetsService {
                    package init() {}

                    package func listPets(_ input: ListPets.Input, _ context: Context) async throws -> ListPets.Output {
                        throw Problem(.notImplemented, "listPets is not implemented yet.")
                    }

                    package func addPet(_ input: AddPet.Input, _ context: Context) async throws -> AddPet.Output {
                        throw Problem(.notImplemented, "add-pet is not implemented yet.")
                    }
                }

                """)
    }

    @Test func takesNoNameThatTheContractHas() {
        let text = stubs("", spec: Self.spec.replacing("listShops", with: "shops"))
        #expect(text.contains("package struct ShopsRules: ShopsService {"))
        #expect(text.contains("package struct Pets: PetsService {"))
    }

    @Test func extendsTheTypeThatIsTheService() {
        let pets = """
            // func addPet(_ input: AddPet.Input, _ context: Context)
            /* func addPet(_ input: AddPet.Input) /* nested */ */
            let text = "func addPet(_ input: AddPet.Input)"
            final actor PetHouse<Store>: PetsService {
                func listPets(
                    _ input: ListPets.Input,
                    _ context: Context
                ) async throws -> ListPets.Output { .noContent }
                func addPet(_ input: ListPets.Input) {}
            }
            """
        let shops = "extension Shops { func `listShops`(_ i: ListShops.Input, _ c: Context) {} }"
        #expect(
            stubs(pets, shops, module: nil) == """
                package import SpecCore

                extension PetHouse {
                    package func addPet(_ input: AddPet.Input, _ context: Context) async throws -> AddPet.Output {
                        throw Problem(.notImplemented, "add-pet is not implemented yet.")
                    }
                }

                """)
    }

    @Test func printsNothingForThisPackageAndTheOneMethodThatIsTakenAway() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = try Self.texts(root.appending(path: "spec").path, endings: ["yaml", "sql"]).map {
            SourceFile(path: "spec/" + $0.name, bytes: Array($0.text.utf8))
        }
        let spec = SpecFiles(folder: "spec", files: files)
        let sources = try Self.texts(root.appending(path: "Sources/ParleyServices").path, endings: ["swift"]).map(
            \.text)
        let whole = Compiler.stubs(files: spec, sources: sources, module: "ParleyContract")
        #expect(DiagnosticPrinter(whole.diagnostics.filter { $0.severity == .error }).text == "")
        #expect(whole.text == "")
        let less = sources.map { $0.replacing("func removeContact(", with: "func forgetContact(") }
        #expect(
            Compiler.stubs(files: spec, sources: less, module: "ParleyContract").text == """
                package import ParleyContract
                package import SpecCore

                extension Contacts {
                    package func removeContact(_ input: RemoveContact.Input, _ context: Context) async throws -> RemoveContact.Output {
                        throw Problem(.notImplemented, "removeContact is not implemented yet.")
                    }
                }

                """)
    }

    private static func texts(_ folder: String, endings: [String]) throws -> [(name: String, text: String)] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
            .filter { name in endings.contains { name.hasSuffix("." + $0) } }
            .map {
                ($0, String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)), as: UTF8.self))
            }
    }
}
