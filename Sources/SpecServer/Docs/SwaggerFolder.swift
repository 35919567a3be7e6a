#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds Swagger UI's files relative to the executable, independent of the working directory.
public enum SwaggerFolder {
    private static let name = "share/swagger-ui"

    /// The nearest `share/swagger-ui` beside the executable or above it; nil if there is none.
    public static func find() -> String? {
        guard var folder = executable else { return nil }
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            let candidate = "\(folder)/\(name)"
            if access("\(candidate)/swagger-ui-bundle.js", R_OK) == 0 { return candidate }
        }
        return nil
    }

    /// The reason why there are no files, with the place where a copied executable finds them.
    static var absence: String {
        guard let path = executable, let slash = path.lastIndex(of: "/") else { return "the executable has no path" }
        return "there is no folder '\(path[..<slash])/\(name)', and none above it"
    }

    private static var executable: String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}
