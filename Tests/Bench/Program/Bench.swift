import ArgumentParser

/// `parley-bench`: one side of a comparison, or figures that one process can measure by itself.
///
/// `Tests/Bench/bench.py` runs it, the sides interleaved; each command can also be run by hand.
@main struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parley-bench", abstract: "The sides and loops that make bench compares.",
        subcommands: [Serve.self, Micro.self, Inserts.self, StoreSends.self, Reads.self, Seed.self, Statement.self])
}

/// `parley-bench serve`
struct Serve: AsyncParsableCommand {
    enum Side: String, ExpressibleByArgument, CaseIterable {
        case nio, hummingbird, parley
    }

    static let configuration = CommandConfiguration(
        abstract: "Serves one side on a free loopback port, which it tells on stderr.")

    @Argument(help: "nio, hummingbird or parley.")
    var side: Side

    @Flag(help: "Writes our access log to stdout.")
    var accessLog = false

    func run() async throws {
        switch side {
        case .nio: try await NIOSide.run()
        case .hummingbird: try await HummingbirdSide.run()
        case .parley: try await ParleySide.run(accessLog: accessLog)
        }
    }
}

/// `parley-bench micro`
struct Micro: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures what needs no socket; one JSON object per figure.")

    @Option(help: "How often each figure is measured, sides interleaved.")
    var rounds = 7

    @Option(help: "The folder of the product's spec.")
    var spec = "spec"

    @Option(help: "A folder with openai.yaml, a large document.")
    var suite: String?

    func run() throws {
        let stopwatch = Stopwatch(rounds: rounds)
        JSONFigures(stopwatch: stopwatch).run()
        RouteFigures(stopwatch: stopwatch).run()
        try CompilerFigures(stopwatch: stopwatch, spec: spec, suite: suite).run()
    }
}
