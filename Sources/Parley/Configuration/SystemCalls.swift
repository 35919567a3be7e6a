#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `write(2)`, which has the name of a method where it is used.
func systemWrite(_ file: Int32, _ bytes: [UInt8], _ count: Int) -> Int {
    write(file, bytes, count)
}

/// `read(2)`, which has the name of a method where it is used.
func systemRead(_ file: Int32, _ bytes: inout [UInt8], _ count: Int) -> Int {
    read(file, &bytes, count)
}
