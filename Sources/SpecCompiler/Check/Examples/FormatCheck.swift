/// Whether texts keep the formats that the run time enforces.
enum FormatCheck {
    /// What a text of the format is; nil where the text is one, or the format asks for nothing.
    static func objection(to text: String, _ format: String) -> String? {
        let bytes = Array(text.utf8)
        switch format {
        case "uuid": return isUUID(bytes) ? nil : "a UUID"
        case "date": return isDate(bytes[...]) ? nil : "a date, such as 2026-11-23"
        case "date-time": return isDateTime(bytes) ? nil : "a date-time, such as 2026-11-23T06:02:11Z"
        case "email": return isEmail(bytes) ? nil : "an e-mail address"
        case "uri": return isURI(bytes) ? nil : "an absolute URI"
        case "byte": return isBase64(bytes) ? nil : "base64"
        default: return nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }

    private static func isUUID(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 36 else { return false }
        return bytes.indices.allSatisfy {
            [8, 13, 18, 23].contains($0) ? bytes[$0] == UInt8(ascii: "-") : isHexadecimal(bytes[$0])
        }
    }

    /// The number in some digits; nil when one is none.
    private static func number(_ bytes: some Collection<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count < 10, bytes.allSatisfy(isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], let year = number(parts[0]), let month = number(parts[1]),
            let day = number(parts[2])
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && day >= 1 && day <= days[month - 1]
    }

    private static func isDateTime(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"), isDate(bytes[..<10]) else { return false }
        let zone = bytes[19...].drop { $0 == UInt8(ascii: ".") || isDigit($0) }
        let fraction = bytes[19..<zone.startIndex]
        let hasFraction =
            fraction.first == UInt8(ascii: ".") && fraction.count > 1
            && fraction.dropFirst().allSatisfy(isDigit)
        return isClock(bytes[11..<19]) && (fraction.isEmpty || hasFraction) && isZone(zone)
    }

    private static func isClock(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 2, 2], let hour = number(parts[0]), let minute = number(parts[1]),
            let second = number(parts[2])
        else { return false }
        return hour < 24 && minute < 60 && second <= 60
    }

    private static func isZone(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        if first | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 }
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else { return false }
        return bytes.count == 6 && isClock(bytes.dropFirst() + Array(":00".utf8))
    }

    // MARK: Addresses

    private static func isEmail(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let local = bytes[..<at].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let labels = bytes[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let marks = Array("!#$%&'*+-/=?^_`{|}~".utf8)
        return (1...64).contains(at)
            && local.allSatisfy { !$0.isEmpty && $0.allSatisfy { isDigit($0) || isLetter($0) || marks.contains($0) } }
            && labels.allSatisfy(isLabel)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { isDigit($0) || isLetter($0) || $0 == hyphen }
    }

    private static func isURI(_ bytes: [UInt8]) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, isLetter(first) else {
            return false
        }
        var rest = bytes[(colon + 1)...]
        if rest.starts(with: "//".utf8) {
            let authority = rest.dropFirst(2).prefix { !Array("/?#".utf8).contains($0) }
            guard isAuthority(authority) else { return false }
            rest = rest[authority.endIndex...]
        }
        return bytes[..<colon].allSatisfy { isDigit($0) || isLetter($0) || Array("+-.".utf8).contains($0) }
            && isURIText(rest)
    }

    private static func isURIText(_ bytes: ArraySlice<UInt8>) -> Bool {
        let marks = Array("-._~:/?#@!$&'()*+,;=%".utf8)
        let escapes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "%") }
        return bytes.allSatisfy { isDigit($0) || isLetter($0) || marks.contains($0) }
            && bytes.count { $0 == UInt8(ascii: "#") } <= 1
            && escapes.allSatisfy { $0 + 2 < bytes.endIndex && bytes[($0 + 1)...($0 + 2)].allSatisfy(isHexadecimal) }
    }

    /// The run time also reads the address between the brackets.
    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.last, parts.count == 1 || isURIText(parts[0]) else { return false }
        let isBracketed = host.first == UInt8(ascii: "[")
        let end = isBracketed ? UInt8(ascii: "]") : UInt8(ascii: ":")
        guard let close = host.firstIndex(of: end) else { return !isBracketed && isURIText(host) }
        let port = isBracketed ? host[(close + 1)...] : host[close...]
        return (isBracketed || isURIText(host[..<close])) && (port.isEmpty || port.first == UInt8(ascii: ":"))
            && port.dropFirst().allSatisfy(isDigit)
    }

    private static func isBase64(_ bytes: [UInt8]) -> Bool {
        let digits = bytes.reversed().drop { $0 == UInt8(ascii: "=") }
        return bytes.count % 4 == 0 && bytes.count - digits.count <= 2
            && digits.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    }
}
