#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A mistake in the wiring of a server that prevents the start, such as a missing store.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits.h.
    public static let exitCode: Int32 = 78

    /// The mistake and its remedy, in one line.
    public let description: String

    public init(_ description: String) {
        self.description = description
    }

    /// Ends the process with exit code 78, after one line on standard error.
    public func exit(from program: String) -> Never {
        let line = Array("\(program): \(self)\n".utf8)
        _ = write(2, line, line.count)
        #if canImport(Glibc)
            Glibc.exit(Self.exitCode)
        #elseif canImport(Musl)
            Musl.exit(Self.exitCode)
        #elseif canImport(Darwin)
            Darwin.exit(Self.exitCode)
        #endif
    }
}
