/// The identity of a value of the spec: two `$ref`s to the same place are equal, even if written differently.
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

    /// The last name of the pointer, unescaped, or nil for a whole document.
    package var lastName: String? {
        pointer.lastIndex(of: "/").map { JSONPointer.unescape(String(pointer[pointer.index(after: $0)...])) }
    }

    /// The file's name without its folder and extension: the name of a whole document.
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
