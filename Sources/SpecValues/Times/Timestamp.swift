#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z; written as RFC 3339, UTC, with milliseconds.
public struct Timestamp: Sendable, Hashable {
    public let milliseconds: Int64

    @inlinable public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The current time of the wall clock.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The day of the week in UTC, as HTTP and e-mail write it: `Mon`.
    public var weekday: String {
        // 1970-01-01 was a Thursday.
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let day = milliseconds / 86_400_000 - (milliseconds % 86_400_000 < 0 ? 1 : 0)
        return days[Int((day % 7 + 7) % 7)]
    }

    /// Returns this time moved by a number of seconds; at most to the first or the last time of the type.
    @inlinable public func adding(seconds: Int64) -> Timestamp {
        let (moved, isFar) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, isPast) = milliseconds.addingReportingOverflow(moved)
        return Timestamp(milliseconds: isFar || isPast ? (seconds < 0 ? .min : .max) : sum)
    }
}

extension Timestamp: Comparable {
    @inlinable public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
}

extension Timestamp {
    /// The times that RFC 3339 can write: the years 0000 to 9999 of UTC.
    @inlinable static var written: ClosedRange<Int64> { -62_167_219_200_000...253_402_300_799_999 }

    /// The length of the written form: `2026-11-23T06:02:11.482Z`.
    @inlinable static var length: Int { 24 }

    /// Parses RFC 3339 section 5.6 `date-time`: any offset, any number of fraction digits (those past milliseconds are
    /// dropped), a leap second only where UTC can have one. Years 0000 to 9999, also in UTC.
    public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 20, let date = CalendarDate(utf8: UnsafeBufferPointer(rebasing: text[0..<10])),
            text[10] | 0x20 == UInt8(ascii: "t"),
            let clock = ClockTime(utf8: UnsafeBufferPointer(rebasing: text[11...]))
        else { return nil }
        guard let utc = clock.utc(on: date.daysSince1970), Timestamp.written.contains(utc) else { return nil }
        milliseconds = utc
    }

    /// Parses RFC 3339 text, or returns nil.
    public init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ Timestamp(utf8: $0) }) else { return nil }
        self = value
    }

    /// Writes the 24 characters to `target`; a time outside of the years 0000 to 9999 as the nearest one inside.
    @inlinable public func write(to target: UnsafeMutablePointer<UInt8>) {
        let milliseconds = min(max(self.milliseconds, Timestamp.written.lowerBound), Timestamp.written.upperBound)
        let day = milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
        let rest = Int(milliseconds - day * 86_400_000)
        CalendarDate(daysSince1970: Int(day)).write(to: target)
        target[10] = UInt8(ascii: "T")
        Decimals.writePair(rest / 3_600_000, to: target + 11)
        target[13] = UInt8(ascii: ":")
        Decimals.writePair(rest / 60_000 % 60, to: target + 14)
        target[16] = UInt8(ascii: ":")
        Decimals.writePair(rest / 1_000 % 60, to: target + 17)
        target[19] = UInt8(ascii: ".")
        Decimals.write(rest % 1_000, digits: 3, to: target + 20)
        target[23] = UInt8(ascii: "Z")
    }
}

extension Timestamp: CustomStringConvertible {
    public var description: String {
        String(unsafeUninitializedCapacity: Timestamp.length) { buffer in
            write(to: buffer.baseAddress!)
            return Timestamp.length
        }
    }
}
