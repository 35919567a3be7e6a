import Foundation

/// Mutated inputs for a test that looks for traps, endless loops and broken properties.
///
/// The seed is printed before the first input; `SEED=` in the environment repeats a run.
public struct Fuzzer {
    /// The number of inputs per target in `make test`.
    public static let inputsMax = 100_000
    /// The number of inputs between two pauses.
    private static let inputsPerTurn = 64
    /// The most bytes of an input, unless a target wants fewer.
    public static let bytesMax = 4_096
    /// Bytes at which parsers change their state.
    private static let turningPoints: [UInt8] = [
        0, 1, 9, 10, 13, 32, 34, 37, 38, 39, 43, 44, 45, 46, 48, 58, 61, 63, 91, 92, 93, 94, 123, 124, 125, 127, 128,
        192,
        237, 254, 255,
    ]

    private let samples: [[UInt8]]
    private let tokens: [[UInt8]]
    private let bytesMax: Int
    private var random: SplitMix

    private init(samples: [[UInt8]], tokens: [String], bytesMax: Int, seed: UInt64) {
        self.samples = samples
        self.bytesMax = bytesMax
        self.tokens = tokens.map { Array($0.utf8) }
        random = SplitMix(state: seed)
    }

    /// Runs a body with mutated samples.
    /// - Parameters:
    ///   - name: the target, for the line with the seed.
    ///   - samples: valid inputs.
    ///   - tokens: pieces of the language that are put in between.
    public static func run(
        _ name: String, samples: [[UInt8]], tokens: [String], bytesMax: Int = bytesMax,
        _ body: (_ input: [UInt8], _ seed: UInt64) throws -> Void
    ) async rethrows {
        let given = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        // Unbuffered, so that it is there after a trap.
        FileHandle.standardError.write(Data("fuzz \(name): SEED=\(seed)\n".utf8))
        var fuzzer = Fuzzer(samples: samples, tokens: tokens, bytesMax: bytesMax, seed: seed)
        for number in 0..<inputsMax {
            // Other tests wait for the same threads, some with clients that time out.
            if number % Self.inputsPerTurn == 0 { await Task.yield() }
            try body(fuzzer.next(), seed)
        }
    }

    private mutating func next() -> [UInt8] {
        var input = samples[below(samples.count)]
        for _ in 0...below(4) { mutate(&input) }
        return Array(input.prefix(bytesMax))
    }

    private mutating func mutate(_ input: inout [UInt8]) {
        let place = below(input.count + 1)
        switch below(7) {
        case 0 where place < input.count: input[place] ^= 1 << UInt8(below(8))
        case 1 where place < input.count: input[place] = Self.turningPoints[below(Self.turningPoints.count)]
        case 2: input.insert(UInt8(below(256)), at: place)
        case 3: input.removeSubrange(place..<min(input.count, place + below(8)))
        case 4 where !tokens.isEmpty: input.insert(contentsOf: tokens[below(tokens.count)], at: place)
        case 5: input.insert(contentsOf: input[place...].prefix(below(64)), at: place)
        default: input.replaceSubrange(place..., with: samples[below(samples.count)].suffix(below(64)))
        }
    }

    private mutating func below(_ count: Int) -> Int { count == 0 ? 0 : Int(random.next() % UInt64(count)) }
}

/// SplitMix64: a generator that a seed repeats on every platform.
public struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(state: UInt64) {
        self.state = state
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
