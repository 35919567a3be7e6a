import Testing

@testable import SpecServer

/// The `Date` field.
@Suite struct HTTPClockTests {
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (-86_400, "Wed, 31 Dec 1969 00:00:00 GMT"),
        (-86_401, "Tue, 30 Dec 1969 23:59:59 GMT"), (-604_800, "Thu, 25 Dec 1969 00:00:00 GMT"),
    ]) func writesSecondsBeforeAndAfter1970(second: Int64, text: String) {
        #expect(HTTPClock.line(second) == "Date: \(text)\r\n")
    }
}
