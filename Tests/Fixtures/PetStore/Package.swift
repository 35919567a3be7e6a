// swift-tools-version: 6.2
import PackageDescription

// Another package that builds its own spec with this one, under names that this one must not take.
let package = Package(
    name: "pet-store",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "parley", path: "../../.."),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // No settings at all: language mode 6 as the tools version says.
        .target(
            name: "Contract",
            dependencies: [.product(name: "SpecCore", package: "parley")],
            plugins: [.plugin(name: "SpecPlugin", package: "parley")]),
        // The same spec under the settings that a dependant may have.
        .target(
            name: "ContractInMode5",
            dependencies: [.product(name: "SpecCore", package: "parley")],
            swiftSettings: [.swiftLanguageMode(.v5), .treatAllWarnings(as: .error)],
            plugins: [.plugin(name: "SpecPlugin", package: "parley")]),
        .target(
            name: "ContractWithUpcomingFeatures",
            dependencies: [.product(name: "SpecCore", package: "parley")],
            swiftSettings: [
                .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"), .treatAllWarnings(as: .error),
            ],
            plugins: [.plugin(name: "SpecPlugin", package: "parley")]),
        .target(
            name: "Services",
            dependencies: ["Contract", .product(name: "SpecCore", package: "parley")]),
        .executableTarget(
            name: "App",
            dependencies: [
                "Contract", "Services",
                .product(name: "SpecCore", package: "parley"),
                .product(name: "SpecServer", package: "parley"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "PetStoreTests",
            dependencies: [
                "Contract", "ContractInMode5", "ContractWithUpcomingFeatures", "Services", "App",
                .product(name: "SpecCore", package: "parley"),
                .product(name: "SpecServer", package: "parley"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
    ]
)
