#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many files and connections the process may have open at once.
///
/// A listener that cannot take a connection for want of a descriptor is told of it again and again, so there are never
/// more connections than there is room for.
enum OpenFiles {
    /// Kept for the databases, the media under way and the listeners.
    private static let reserved = 256
    /// Served even where there is no room to speak of.
    private static let connectionsMin = 32

    #if canImport(Glibc)
        // Imported as an enum, which the functions do not take.
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif

    /// Raises the soft limit to the hard one: most shells begin with 1,024.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }

    /// How many connections there is room for, at most `bound`.
    static func connections(atMost bound: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < UInt64(bound + reserved) else { return bound }
        return max(connectionsMin, Int(limit.rlim_cur) - reserved)
    }
}
