/// A calendar date (RFC 3339 `full-date`), written `2026-11-23`.
public struct CalendarDate: Sendable, Hashable {
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// Makes a date, or nil if it does not exist.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.days(in: month, of: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Parses `2026-11-23`, or returns nil.
    public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = Decimals.read(text, 0, 4), let month = Decimals.read(text, 5, 2),
            let day = Decimals.read(text, 8, 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Parses `2026-11-23`, or returns nil.
    public init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ CalendarDate(utf8: $0) }) else { return nil }
        self = value
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDate {
    /// The date `days` days after 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    @inlinable init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        self.init(
            unchecked: yearOfEra + era * 400 + (shiftedMonth >= 10 ? 1 : 0),
            shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    @inlinable init(unchecked year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Writes the ten characters to `target`.
    @inlinable public func write(to target: UnsafeMutablePointer<UInt8>) {
        Decimals.writePair(year / 100, to: target)
        Decimals.writePair(year % 100, to: target + 2)
        target[4] = UInt8(ascii: "-")
        Decimals.writePair(month, to: target + 5)
        target[7] = UInt8(ascii: "-")
        Decimals.writePair(day, to: target + 8)
    }
}

extension CalendarDate: CustomStringConvertible {
    public var description: String {
        String(unsafeUninitializedCapacity: 10) { buffer in
            write(to: buffer.baseAddress!)
            return 10
        }
    }
}
