// swift-tools-version: 6.2
import PackageDescription

/// The same strictness for every target: what is unsafe, unused or vague does not build.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // An asynchronous function runs where its caller does: a request changes executors only where the code says so.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let nio: Package.Dependency = .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2")

let package = Package(
    name: "parley",
    platforms: [.macOS(.v26)],
    products: [
        // The framework: any package can build its own spec with these.
        .plugin(name: "SpecPlugin", targets: ["SpecPlugin"]),
        .plugin(name: "SpecCommand", targets: ["SpecCommand"]),
        .executable(name: "spec", targets: ["spec"]),
        .library(name: "SpecCore", targets: ["SpecCore"]),
        .library(name: "SpecServer", targets: ["SpecServer"]),
        .library(name: "SpecStorage", targets: ["SpecStorage"]),
        .library(name: "SpecOutbound", targets: ["SpecOutbound"]),
        // The product: the messaging server.
        .executable(name: "parley", targets: ["Parley"]),
    ],
    dependencies: [
        nio,
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1",
            traits: ["ConfigurationSupport"]),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    ],
    targets: [
        // Rank 0: the rules that the compiler and the run time share.
        .target(name: "SpecValues", swiftSettings: strict),

        // Build time: spec/ becomes Swift.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // List parameters on SQLite. The compiler prepares the spec's queries with it, the store runs them.
        .target(name: "CSpecSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "SpecCompiler",
            dependencies: [
                "CYAML", "CSpecSQLite", "SpecValues", .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "spec",
            dependencies: [
                "SpecCompiler", "SpecValues", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .plugin(name: "SpecPlugin", capability: .buildTool(), dependencies: ["spec"]),
        // Asks for no permission, because `lint` needs none and must run unattended. Where SwiftPM shuts commands in
        // (macOS), `sql` is run with --allow-writing-to-package-directory.
        .plugin(
            name: "SpecCommand",
            capability: .command(
                intent: .custom(verb: "spec", description: "Checks the spec, or writes its migration."),
                permissions: []),
            dependencies: ["spec"]),

        // Rank 1: the words everyone shares.
        .target(
            name: "SpecCore",
            dependencies: [
                "SpecValues",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // Rank 2: generated from spec/.
        .target(
            name: "ParleyContract", dependencies: ["SpecCore"], swiftSettings: strict,
            plugins: ["SpecPlugin"]),

        // Rank 3: bytes, behaviour, rows.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "SpecServer",
            dependencies: [
                "SpecCore", "CZlib",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "SpecStorage",
            dependencies: [
                "SpecCore", "CPostgres", "CSpecSQLite",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .target(
            name: "SpecOutbound",
            dependencies: [
                "SpecCore",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .target(name: "CCommonPasswords", exclude: ["LICENSES.txt"]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .target(
            name: "ParleyServices",
            dependencies: [
                "SpecCore", "ParleyContract", "CCommonPasswords", "CCrypt",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // Rank 4: the App.
        .executableTarget(
            name: "Parley",
            dependencies: [
                "SpecCore", "ParleyContract", "SpecServer", "SpecStorage", "SpecOutbound", "ParleyServices",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        // Tests: a target per module, and the whole server over loopback.
        .target(
            name: "TestSupport",
            dependencies: [
                "SpecCompiler", "SpecCore",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "SpecCompilerTests", dependencies: ["SpecCompiler", "SpecCore", "TestSupport"], exclude: ["Cases"],
            swiftSettings: strict),
        // Its spec is the JSON Schema test suite: Tests/Tools/make_schema_suite.py.
        .testTarget(
            name: "SchemaSuiteTests", dependencies: ["SpecCompiler", "SpecCore"],
            exclude: ["instances.jsonl", "refused.jsonl", "LICENSE.suite"], swiftSettings: strict,
            plugins: ["SpecPlugin"]),
        // Its spec has whatever a name or a type can be: that it compiles is the first test.
        .testTarget(
            name: "GeneratedTests",
            dependencies: [
                "SpecCompiler", "SpecCore", .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict, plugins: ["SpecPlugin"]),
        .testTarget(name: "SpecValuesTests", dependencies: ["SpecValues"], swiftSettings: strict),
        .testTarget(
            name: "SpecCoreTests",
            dependencies: ["SpecCore", "TestSupport", .product(name: "NIOCore", package: "swift-nio")],
            exclude: ["Suites"], swiftSettings: strict),
        .testTarget(
            name: "SpecServerTests",
            dependencies: [
                "CZlib", "SpecCore", "SpecServer", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SpecStorageTests",
            dependencies: [
                "CPostgres", "CSpecSQLite", "SpecCompiler", "SpecCore", "SpecStorage", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SpecOutboundTests",
            dependencies: [
                "SpecCore", "SpecOutbound", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ParleyTests",
            dependencies: [
                "CSpecSQLite", "SpecCompiler", "SpecCore", "SpecServer", "SpecStorage", "SpecOutbound",
                "ParleyContract", "ParleyServices", "Parley", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", swiftSettings: strict),

        // Benchmarks: what `make bench` holds against what, with a small spec of its own.
        .target(
            name: "BenchContract", dependencies: ["SpecCore"], path: "Tests/Bench/Contract", swiftSettings: strict,
            plugins: ["SpecPlugin"]),
        .target(name: "Allocations", path: "Tests/Bench/Allocations"),
        .executableTarget(
            name: "parley-bench",
            dependencies: [
                "Allocations", "BenchContract", "ParleyContract", "ParleyServices", "SpecCompiler", "SpecCore",
                "SpecServer", "SpecStorage",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Tests/Bench/Program", swiftSettings: strict),
    ]
)
