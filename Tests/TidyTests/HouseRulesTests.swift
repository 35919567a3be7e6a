import Testing

/// The house rules: the lines that they reject and those that they accept.
@Suite struct HouseRulesTests {
    private func issues(_ text: String, in module: String = "SpecServer") -> [String] {
        HouseRules.issues(to: SourceFile(path: "Sources/\(module)/File.swift", text: text))
    }

    @Test func allowsArrowsDownTheRanks() {
        #expect(
            issues("import HummingbirdCore\npublic import NIOCore\n@preconcurrency import Glibc\nimport SpecCore")
                == [])
    }

    @Test(arguments: [
        "import SpecStorage", "public import SpecStorage", "package import struct SpecStorage.SQLiteStore",
        "@testable import SpecStorage", "    @_spi(Tests) @preconcurrency import SpecStorage",
    ])
    func refusesArrowSideways(line: String) {
        #expect(
            issues(line) == [
                "Sources/SpecServer/File.swift:1: SpecServer may not import SpecStorage: imports must go to lower layers"
            ])
    }

    @Test func refusesArrowUp() {
        #expect(
            issues("import ParleyContract", in: "SpecCore") == [
                "Sources/SpecCore/File.swift:1: SpecCore may not import ParleyContract: imports must go to lower layers"
            ])
    }

    @Test func refusesPackageThatTheTableDoesNotName() {
        #expect(
            issues("\nimport GRDB") == [
                "Sources/SpecServer/File.swift:2: SpecServer may not import GRDB: the layering table does not list it"
            ])
    }

    @Test(arguments: ["Foundation", "FoundationEssentials"])
    func refusesFoundationInCore(name: String) {
        #expect(issues("import \(name)") == [])
        #expect(
            issues("import \(name)", in: "SpecCore") == [
                "Sources/SpecCore/File.swift:1: SpecCore may not import \(name): it must not depend on Foundation"
            ])
    }

    @Test func refusesModuleThatTheTableDoesNotKnow() {
        #expect(
            issues("import Foundation", in: "Odds") == [
                "Sources/Odds/File.swift:1: Odds is missing from the layering table"
            ])
    }

    @Test(arguments: [
        "let end = row.createdAt.milliseconds + 1", "now.milliseconds - rotatedAt.milliseconds", "row.generation + 1",
        "Timestamp(milliseconds: claims.exp * 1_000)", "head.lastSeq + 1", "message.seq - 1", "position + 1",
        "1 << min(attempts - 1, 12)",
    ])
    func refusesArithmeticThatTrapsOnNumbersFromOutside(line: String) {
        #expect(
            issues(line) == [
                "Sources/SpecServer/File.swift:1: a number from outside needs saturatingAdding, saturatingSubtracting, "
                    + "adding(milliseconds:) or milliseconds(since:)"
            ])
    }

    @Test(arguments: [
        "row.generation.saturatingAdding(1)", "now.milliseconds(since: row.createdAt)", "Stopwatch.milliseconds + 5",
        "// row.generation + 1", "bytes[position..<end]", "let limit = 1 + 2", "names + row.names",
        "row.names + [name]",
    ])
    func allowsArithmeticThatCannotTrap(line: String) {
        #expect(issues(line) == [])
        #expect(issues("row.generation + 1", in: "SpecValues") == [], "which has the checked forms")
    }

    @Test func refusesFileOverTheLimit() {
        #expect(issues(String(repeating: "let x = 1\n", count: 400)) == [])
        #expect(
            issues(String(repeating: "let x = 1\n", count: 401)) == [
                "Sources/SpecServer/File.swift:1: 401 lines, the maximum is 400; split the file by nouns"
            ])
    }

    @Test func refusesUncheckedPromiseWithoutReason() {
        #expect(issues("/// Guarded by its lock.\nfinal class Box: @unchecked Sendable {}") == [])
        #expect(issues("nonisolated(unsafe) let table = 1  // written once, before the first thread") == [])
        #expect(
            issues("\nfinal class Box: @unchecked Sendable {}\nnonisolated(unsafe) var count = 0") == [
                "Sources/SpecServer/File.swift:2: @unchecked Sendable needs a reason in a comment on this line or the one before",
                "Sources/SpecServer/File.swift:3: nonisolated(unsafe) needs a reason in a comment on this line or the one before",
            ])
    }

    @Test func refusesForcedTryAndUnfinishedWork() {
        #expect(issues("let mastodons = try read()") == [])
        #expect(
            issues("let a = try! read()\n// TODO: later") == [
                "Sources/SpecServer/File.swift:1: try! is not allowed",
                "Sources/SpecServer/File.swift:2: TODO is not allowed",
            ])
    }
}
