/// The time of day of an RFC 3339 `date-time`, with its offset.
struct ClockTime {
    let hour: Int
    let minute: Int
    let second: Int
    let millisecond: Int
    let offsetMinutes: Int

    /// Parses `06:02:11.482Z` or `06:02:11+01:00`, or returns nil.
    init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 9, let hour = Decimals.read(text, 0, 2), text[2] == UInt8(ascii: ":"),
            let minute = Decimals.read(text, 3, 2), text[5] == UInt8(ascii: ":"),
            let second = Decimals.read(text, 6, 2), hour < 24, minute < 60, second < 61
        else { return nil }
        var position = 8
        guard let millisecond = ClockTime.fraction(text, &position),
            let offset = ClockTime.offset(text, position)
        else { return nil }
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
        offsetMinutes = offset
    }

    private static func fraction(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int? {
        guard text[position] == UInt8(ascii: ".") else { return 0 }
        position += 1
        let start = position
        var value = 0
        while position < text.count, let digit = Decimals.read(text, position, 1) {
            if position - start < 3 { value = value * 10 + digit }
            position += 1
        }
        guard position > start, position < text.count else { return nil }
        for _ in min(position - start, 3)..<3 { value *= 10 }
        return value
    }

    private static func offset(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        if text[start] | 0x20 == UInt8(ascii: "z") { return text.count == start + 1 ? 0 : nil }
        guard text.count == start + 6, text[start] == UInt8(ascii: "+") || text[start] == UInt8(ascii: "-"),
            let hours = Decimals.read(text, start + 1, 2), text[start + 3] == UInt8(ascii: ":"),
            let minutes = Decimals.read(text, start + 4, 2), hours < 24, minutes < 60
        else { return nil }
        return (text[start] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }

    /// Milliseconds since 1970 in UTC, or nil for a leap second that is not 23:59:60 UTC (RFC 3339, 5.7).
    func utc(on day: Int) -> Int64? {
        let minutes = day * 1_440 + hour * 60 + minute - offsetMinutes
        if second == 60, (minutes % 1_440 + 1_440) % 1_440 != 1_439 { return nil }
        return (Int64(minutes) * 60 + Int64(second)) * 1_000 + Int64(millisecond)
    }
}
