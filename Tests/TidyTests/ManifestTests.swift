import Testing

@Suite struct ManifestTests {
    @Test func readsTargetsWithTheirDependencies() {
        let manifest = Manifest(
            text: """
                let package = Package(
                    products: [.library(name: "Core", targets: ["Core"])],
                    dependencies: [.package(url: "https://example.com/log.git", from: "1.0.0")],
                    targets: [
                        .systemLibrary(name: "CThing", pkgConfig: "thing", providers: [.apt(["libthing-dev"])]),
                        .target(name: "Core"),
                        .executableTarget(
                            name: "Main",
                            dependencies: ["Core", .product(name: "Log", package: "the-log")],
                            resources: [.copy("picture.png")]),
                        .testTarget(name: "CoreTests", dependencies: ["Core", "Main"]),
                    ])
                """)
        #expect(
            manifest.targets == [
                Manifest.Target(name: "Core", dependencies: []),
                Manifest.Target(name: "Main", dependencies: ["Core", "Log"]),
            ])
    }
}
