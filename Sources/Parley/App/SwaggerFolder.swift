#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds Swagger UI's files from the executable's own place, wherever the server was started.
enum SwaggerFolder {
    private static let name = "share/swagger-ui"

    /// nil where there are none.
    static func find() -> String? {
        guard var folder = executable else { return nil }
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            let candidate = "\(folder)/\(name)"
            if access("\(candidate)/swagger-ui-bundle.js", R_OK) == 0 { return candidate }
        }
        return nil
    }

    private static var executable: String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}
