/// The one identity of a value of the spec: two `$ref`s to the same place are equal, however they are written.
package struct Reference: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The file's path inside the spec's folder, such as `schemas/User.yaml`.
    package let file: String
    /// The JSON Pointer of the value in it, such as `/components/schemas/User`; empty for the whole document.
    package let pointer: String

    package init(file: String, pointer: String) {
        self.file = file
        self.pointer = pointer
    }

    /// The identity of a member or item of this value.
    package func appending(_ name: String) -> Reference {
        Reference(file: file, pointer: pointer + "/" + JSONPointer.escape(name))
    }

    /// The last name of the pointer, unescaped; nothing for a whole document.
    package var lastName: String? {
        pointer.lastIndex(of: "/").map { JSONPointer.unescape(String(pointer[pointer.index(after: $0)...])) }
    }

    /// The file's name without its folder and ending: the name of a whole document.
    package var stem: String {
        String(file.split(separator: "/").last?.split(separator: ".").first ?? "")
    }

    package var description: String { file + "#" + pointer }

    package static func < (a: Reference, b: Reference) -> Bool {
        (a.file, a.pointer) < (b.file, b.pointer)
    }
}

/// The escapes of JSON Pointer (RFC 6901).
package enum JSONPointer {
    package static func escape(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
        return name.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    }

    package static func unescape(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "~")) else { return name }
        let parts = name.split(separator: "~", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts[0])) { text, part in
            text += part.first == "1" ? "/" + part.dropFirst() : part.first == "0" ? "~" + part.dropFirst() : "~" + part
        }
    }
}

/// Undoes `%41` in a URI; nothing when an escape is cut short or gives no UTF-8.
enum PercentEncoding {
    static func decode(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
