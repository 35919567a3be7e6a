// swift-tools-version: 6.2
import PackageDescription

let core: Target.Dependency = .product(name: "SpecCore", package: "parley")
let plugin: Target.PluginUsage = .plugin(name: "SpecPlugin", package: "parley")
let strict: SwiftSetting = .treatAllWarnings(as: .error)

/// The same contract, with a service beside it, for each way a package may be set up.
let modes: [Target] = [(5, SwiftLanguageMode.v5), (6, .v6)].flatMap { number, mode in
    [[], ["ExistentialAny"], ["InternalImportsByDefault"], ["ExistentialAny", "InternalImportsByDefault"]].map {
        features in
        let name = "Swift\(number)" + features.joined()
        return .target(
            name: name, dependencies: [core], path: "Sources/Modes/\(name)",
            swiftSettings: [.swiftLanguageMode(mode), strict] + features.map { .enableUpcomingFeature($0) },
            plugins: [plugin])
    }
}

let package = Package(
    name: "PetStore",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "parley", path: "../../.."),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .target(name: "Contract", dependencies: [core], swiftSettings: [strict], plugins: [plugin]),
        .target(name: "Services", dependencies: ["Contract", core], swiftSettings: [strict]),
        .executableTarget(
            name: "App",
            dependencies: [
                "Contract", "Services", core,
                .product(name: "SpecServer", package: "parley"),
                .product(name: "SpecStorage", package: "parley"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: [strict]),
    ] + modes
)
