import Testing

/// The rules themselves: what they refuse and what they let pass.
@Suite struct HouseRulesTests {
    private func objections(_ text: String, in module: String = "SpecServer") -> [String] {
        HouseRules.objections(to: SourceFile(path: "Sources/\(module)/File.swift", text: text))
    }

    @Test func allowsArrowsDownTheRanks() {
        #expect(
            objections("import HummingbirdCore\npublic import NIOCore\n@preconcurrency import Glibc\nimport SpecCore")
                == [])
    }

    @Test(arguments: [
        "import SpecStorage", "public import SpecStorage", "package import struct SpecStorage.SQLiteStore",
        "@testable import SpecStorage", "    @_spi(Tests) @preconcurrency import SpecStorage",
    ])
    func refusesArrowSideways(line: String) {
        #expect(
            objections(line) == [
                "Sources/SpecServer/File.swift:1: SpecServer may not import SpecStorage: arrows point down the ranks"
            ])
    }

    @Test func refusesArrowUp() {
        #expect(
            objections("import ParleyContract", in: "SpecCore") == [
                "Sources/SpecCore/File.swift:1: SpecCore may not import ParleyContract: arrows point down the ranks"
            ])
    }

    @Test func refusesPackageThatTheTableDoesNotName() {
        #expect(
            objections("\nimport GRDB") == [
                "Sources/SpecServer/File.swift:2: SpecServer may not import GRDB: the layering's table does not name it"
            ])
    }

    @Test(arguments: ["Foundation", "FoundationEssentials"])
    func refusesFoundationInCore(name: String) {
        #expect(objections("import \(name)") == [])
        #expect(
            objections("import \(name)", in: "SpecCore") == [
                "Sources/SpecCore/File.swift:1: SpecCore may not import \(name): it stays free of Foundation"
            ])
    }

    @Test func refusesModuleThatTheTableDoesNotKnow() {
        #expect(
            objections("import Foundation", in: "Odds") == [
                "Sources/Odds/File.swift:1: Odds is not in the layering's table"
            ])
    }

    @Test func refusesFileOverTheLimit() {
        #expect(objections(String(repeating: "let x = 1\n", count: 400)) == [])
        #expect(
            objections(String(repeating: "let x = 1\n", count: 401)) == [
                "Sources/SpecServer/File.swift:1: 401 lines; split it by nouns, 400 are the most"
            ])
    }

    @Test func refusesUncheckedPromiseWithoutReason() {
        #expect(objections("/// Guarded by its lock.\nfinal class Box: @unchecked Sendable {}") == [])
        #expect(objections("nonisolated(unsafe) let table = 1  // written once, before the first thread") == [])
        #expect(
            objections("\nfinal class Box: @unchecked Sendable {}\nnonisolated(unsafe) var count = 0") == [
                "Sources/SpecServer/File.swift:2: @unchecked Sendable without its reason in a comment on this line or the one before",
                "Sources/SpecServer/File.swift:3: nonisolated(unsafe) without its reason in a comment on this line or the one before",
            ])
    }

    @Test func refusesForcedTryAndUnfinishedWork() {
        #expect(objections("let mastodons = try read()") == [])
        #expect(
            objections("let a = try! read()\n// TODO: later") == [
                "Sources/SpecServer/File.swift:1: try! has no place here",
                "Sources/SpecServer/File.swift:2: TODO has no place here",
            ])
    }
}
