#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files that the process may have open, connections among them.
enum OpenFiles {
    /// Takes as many as the system allows: the usual 1,024 are fewer than the connections of one address may be.
    static func raiseLimit() {
        #if canImport(Glibc)
            let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let files = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        // Refused, it stays as it was: fewer connections, and the rest as well as before.
        _ = setrlimit(files, &limit)
    }
}
