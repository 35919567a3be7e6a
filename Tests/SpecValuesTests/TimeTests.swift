import SpecValues
import Testing

/// Dates and times of RFC 3339.
@Suite struct TimeTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-23t06:02:11.4827z", 1_795_413_731_482),
            ("1970-01-01T01:00:00.5+01:00", 500), ("1969-12-31T23:59:59.999Z", -1),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("2016-12-31T15:59:60-08:00", 1_483_228_800_000),
        ] as [(String, Int64)])
    func readsTimes(text: String, milliseconds: Int64) {
        #expect(Timestamp(text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23 06:02:11Z", "2026-11-23T06:02:11", "2026-11-23T06:02Z", "2026-11-23T24:00:00Z",
        "2026-11-23T06:60:00Z", "2026-11-23T06:02:11.Z", "2026-11-23T06:02:11+1:00", "2026-11-23T06:02:11+24:00",
        "0000-01-01T00:00:60Z", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "2016-12-31T23:59:61Z",
        "2026-02-29T00:00:00Z",
    ])
    func refusesOtherTimes(text: String) { #expect(Timestamp(text) == nil) }

    @Test(arguments: ["0000-02-29", "1900-02-28", "2000-02-29", "9999-12-31"])
    func readsBackDates(text: String) { #expect(CalendarDate(text)?.description == text) }

    @Test(arguments: ["1900-02-29", "2026-00-01", "2026-13-01", "2026-04-31", "2026-1-01", "26-01-01", "2026/01/01"])
    func refusesOtherDates(text: String) { #expect(CalendarDate(text) == nil) }

    @Test(arguments: ["0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])
    func readsBackTheFirstAndTheLastTime(text: String) { #expect(Timestamp(text)?.description == text) }

    @Test func writesTimesBeyondTheYears0To9999AsTheNearest() {
        #expect(Timestamp(milliseconds: .min).description == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .max).adding(seconds: .max) == Timestamp(milliseconds: .max))
        #expect(Timestamp(milliseconds: 0).adding(seconds: .min) == Timestamp(milliseconds: .min))
    }

    @Test func writesTimesInMilliseconds() {
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: 1_795_413_731_482).description == "2026-11-23T06:02:11.482Z")
    }
}
