import ParleyServices
import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The variable of a secret, and the file that stores a generated one if the variable is not set.
package struct SecretSetting: Sendable, Equatable {
    /// Signs access tokens.
    package static let signing = SecretSetting(variable: "JWT_SECRET", file: "var/secret")
    /// Seals secrets in the database.
    package static let sealing = SecretSetting(variable: "SEALING_SECRET", file: "var/sealing-secret")

    package let variable: String
    package let file: String
}

/// The source of one of the server's secrets.
package enum SecretSource: Sendable, Equatable, Redacted {
    /// From the variable: the first signs or seals, all verify or open.
    case given([[UInt8]])
    /// A file that is created if it is missing.
    case kept(SecretSetting)

    init(_ text: String?, _ setting: SecretSetting) throws {
        guard let text else {
            self = .kept(setting)
            return
        }
        let secrets = text.split(separator: ",", omittingEmptySubsequences: false).map { Array($0.utf8) }
        if let short = secrets.first(where: { $0.count < ServerKeys.secretBytesMin }) {
            throw SettingsError(
                setting.variable,
                "a secret must have at least \(ServerKeys.secretBytesMin) bytes, but one has \(short.count); "
                    + "'openssl rand -hex 32' generates one.")
        }
        guard secrets.allSatisfy({ Set($0).count > 1 }) else {
            throw SettingsError(
                setting.variable,
                "a secret must not be one repeated byte; 'openssl rand -hex 32' generates one.")
        }
        self = .given(secrets)
    }

    /// Checks the secrets and changes nothing.
    /// - Returns: the file that the first start generates, if there is none yet.
    /// - Throws: ``SettingsError`` if the file cannot be used.
    func missingFile() throws -> String? {
        switch self {
        case .given: nil
        case .kept(let setting): try SecretFile(setting).read() == nil ? setting.file : nil
        }
    }

    /// The secrets, generated first if there are none.
    /// - Throws: ``SettingsError`` if the file cannot be used.
    package func secrets() throws -> [[UInt8]] {
        switch self {
        case .given(let secrets): return secrets
        case .kept(let setting):
            let file = SecretFile(setting)
            return [try file.read() ?? file.make()]
        }
    }
}

/// The file of a secret, readable by its owner only.
struct SecretFile {
    /// The most bytes of the file; enough for any secret.
    private static let bytesMax = 4_096
    private let variable: String
    private let path: String

    init(_ setting: SecretSetting) {
        variable = setting.variable
        path = setting.file
    }

    /// The secret, or nil if there is no such file.
    func read() throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return errno == ENOENT ? nil : try fail("cannot be read: \(Self.reason)") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { return try fail("cannot be read: \(Self.reason)") }
        guard status.st_mode & S_IFMT == S_IFREG else { return try fail("is not a regular file") }
        guard status.st_uid == geteuid() else {
            return try fail("belongs to another user; run chown $(id -un) \(path)")
        }
        guard status.st_mode & 0o077 == 0 else { return try fail("can be read by others; run chmod 600 \(path)") }
        let bytes = try contents(of: file)
        guard bytes.count >= ServerKeys.secretBytesMin else { return try fail("holds fewer than 32 bytes; remove it") }
        guard Set(bytes).count > 1 else { return try fail("holds one repeated byte; remove it") }
        return bytes
    }

    private func contents(of file: Int32) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.bytesMax)
        let count = systemRead(file, &bytes, bytes.count)
        guard count >= 0 else { return try fail("cannot be read: \(Self.reason)") }
        let text = bytes.prefix(count)
        return Array(text.last == UInt8(ascii: "\n") ? text.dropLast() : text)
    }

    /// Generates a secret. Written beside its name and linked to it, so that two servers that start at once read the
    /// same secret.
    func make() throws -> [UInt8] {
        try makeFolder()
        var random = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }.flatMap(Self.hexadecimal)
        // A name of its own, and O_EXCL: nobody can put a file or a link there before.
        let temporary = "\(path).\(UInt64.random(in: .min ... .max, using: &random)).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return try fail("cannot be created: \(Self.reason)") }
        defer { unlink(temporary) }
        let isWritten = write(file, secret, secret.count) == secret.count && fsync(file) == 0
        close(file)
        guard isWritten else { return try fail("cannot be written: \(Self.reason)") }
        if link(temporary, path) == 0 { return secret }
        guard errno == EEXIST, let other = try read() else { return try fail("cannot be created: \(Self.reason)") }
        return other
    }

    private func makeFolder() throws {
        guard let slash = path.lastIndex(of: "/") else { return }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw SettingsError(variable, "is unset, and the folder \(folder) cannot be created: \(Self.reason).")
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static var reason: String { String(cString: strerror(errno)) }

    private func fail<Value>(_ reason: String) throws -> Value {
        throw SettingsError(variable, "is unset, and the file \(path) used instead \(reason).")
    }
}
