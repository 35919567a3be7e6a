extension OperationResponse {
    /// The status that a service chose for a range such as `4XX` or for `default`, if the spec declares it there.
    ///
    /// - Parameters:
    ///   - range: the statuses of the declaration.
    ///   - others: the statuses that have a declaration of their own, or cannot have the content of this one.
    /// - Throws: an error that becomes a 500, before a byte is sent.
    public static func status(_ status: Int, in range: ClosedRange<Int>, except others: Set<Int> = []) throws -> Int {
        guard range.contains(status), !others.contains(status) else { throw UndeclaredStatus(status: status) }
        return status
    }
}

/// A status that the service returned although the operation does not declare it for the content.
struct UndeclaredStatus: Error, CustomStringConvertible {
    let status: Int

    var description: String { "the operation does not declare the status \(status) for this output" }
}
