#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The address of a listener, checked before anything starts.
struct ListenAddress {
    let host: String
    let port: Int
    /// The setting that names the port.
    let variable: String

    /// - Throws: ``SettingsError`` if the address is invalid or in use.
    func check() throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard code == 0, let address = found?.pointee else {
            throw SettingsError("HOST", "'\(host)' is not a valid address: \(String(cString: gai_strerror(code))).")
        }
        try bindOnce(to: address)
    }

    private func bindOnce(to address: addrinfo) throws {
        let file = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard file >= 0 else { throw failure(errno) }
        defer { close(file) }
        // As the listener does: a port with lingering connections is free.
        var on: Int32 = 1
        setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard bind(file, address.ai_addr, address.ai_addrlen) == 0 else { throw failure(errno) }
    }

    private func failure(_ reason: Int32) -> SettingsError {
        switch reason {
        case EADDRINUSE: SettingsError(variable, "port \(port) is already in use.")
        case EADDRNOTAVAIL: SettingsError("HOST", "'\(host)' is not an address of this machine.")
        default: SettingsError(variable, "port \(port) could not be opened: \(String(cString: strerror(reason))).")
        }
    }
}
