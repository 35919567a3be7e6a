import NIOConcurrencyHelpers
import SpecCore

/// The `Date` field, formatted once a second.
final class HTTPClock: Sendable {
    private let state = NIOLockedValueBox((second: Int64.min, line: [UInt8]()))

    func writeDate(to head: inout HeadWriter) {
        let milliseconds = Timestamp.now().milliseconds
        let second = (milliseconds >= 0 ? milliseconds : milliseconds - 999) / 1_000
        let line = state.withLockedValue { state in
            if state.second != second { state = (second, Array(Self.line(second).utf8)) }
            return state.line
        }
        head.write(line)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The field for a second: RFC 9110, 5.6.7: `Date: Sun, 06 Nov 1994 08:49:37 GMT`.
    static func line(_ second: Int64) -> String {
        let time = Timestamp(milliseconds: second * 1_000)
        let iso = time.description
        let month = months[(Int(iso.dropFirst(5).prefix(2)) ?? 1) - 1]
        return "Date: \(time.weekday), \(iso.dropFirst(8).prefix(2)) \(month) \(iso.prefix(4)) "
            + "\(iso.dropFirst(11).prefix(8)) GMT\r\n"
    }
}
