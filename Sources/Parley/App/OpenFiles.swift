#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The limit of open files and connections of the process.
///
/// A listener that cannot accept a connection for lack of a descriptor is notified again and again, so the connection
/// limit stays within the descriptor limit.
enum OpenFiles {
    /// Descriptors reserved for the databases, open media and the listeners.
    private static let reserved = 256
    /// The least connections, even if the limit leaves no room.
    private static let connectionsMin = 32

    #if canImport(Glibc)
        // Imported as an enum, which the functions do not take.
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif

    /// Raises the soft limit to the hard one: most shells start with 1,024.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }

    /// The number of connections that fit in the limit, at most `bound`.
    static func connections(atMost bound: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < UInt64(bound + reserved) else { return bound }
        return max(connectionsMin, Int(limit.rlim_cur) - reserved)
    }
}
