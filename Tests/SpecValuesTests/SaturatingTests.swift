import SpecValues
import Testing

/// Sums and differences of numbers from outside.
@Suite struct SaturatingTests {
    @Test(
        arguments: [
            (1, 2, 3), (.max, 1, .max), (.max, .max, .max), (.min, -1, .min), (.min, .min, .min), (.max, .min, -1),
            (0, .min, .min),
        ] as [(Int64, Int64, Int64)])
    func addsUpToTheEndsOfTheType(a: Int64, b: Int64, sum: Int64) {
        #expect(a.saturatingAdding(b) == sum)
    }

    @Test(
        arguments: [
            (3, 2, 1), (.min, 1, .min), (.max, -1, .max), (0, .min, .max), (.min, .max, .min), (-1, .min, .max),
            (.min, .min, 0),
        ] as [(Int64, Int64, Int64)])
    func subtractsDownToTheEndsOfTheType(a: Int64, b: Int64, difference: Int64) {
        #expect(a.saturatingSubtracting(b) == difference)
    }

    @Test func keepsToUnsignedTypesToo() {
        #expect(UInt8(200).saturatingAdding(100) == 255)
        #expect(UInt8(100).saturatingSubtracting(200) == 0)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max]) func countsTheTimeBetweenAnyTwoTimes(milliseconds: Int64) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.milliseconds(since: time) == 0)
        #expect(time.milliseconds(since: Timestamp(milliseconds: .max)) <= 0)
        #expect(time.milliseconds(since: Timestamp(milliseconds: .min)) >= 0)
        #expect(time.adding(milliseconds: .max) >= time && time.adding(milliseconds: .min) <= time)
        #expect(time.adding(seconds: .max).milliseconds == .max || milliseconds == .min)
    }
}
