import NIOConcurrencyHelpers
import NIOCore
import SpecCore

/// The `Date` field, made once a second.
final class HTTPClock: Sendable {
    private let state = NIOLockedValueBox((second: Int64(-1), line: ByteBuffer()))

    func writeDate(to buffer: inout ByteBuffer) {
        let second = Timestamp.now().milliseconds / 1_000
        let line = state.withLockedValue { state in
            if state.second != second { state = (second, ByteBuffer(string: Self.line(second))) }
            return state.line
        }
        buffer.writeImmutableBuffer(line)
    }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// RFC 9110, 5.6.7: `Date: Sun, 06 Nov 1994 08:49:37 GMT`. 1970-01-01 was a Thursday.
    private static func line(_ second: Int64) -> String {
        let iso = Timestamp(milliseconds: second * 1_000).description
        let month = months[(Int(iso.dropFirst(5).prefix(2)) ?? 1) - 1]
        return "Date: \(days[Int(second / 86_400 % 7)]), \(iso.dropFirst(8).prefix(2)) \(month) \(iso.prefix(4)) "
            + "\(iso.dropFirst(11).prefix(8)) GMT\r\n"
    }
}
