import SpecCore

extension Timestamp {
    /// So many seconds before.
    func earlier(bySeconds seconds: Int) -> Timestamp { Timestamp(milliseconds: milliseconds - Int64(seconds) * 1_000) }
}
