extension FixedWidthInteger {
    /// The sum, or the end of the type's range beyond it. For numbers from outside, such as rows, tokens and headers:
    /// `+` would end the process.
    @inlinable public func saturatingAdding(_ other: Self) -> Self {
        let (sum, isBeyond) = addingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the end of the type's range beyond it.
    @inlinable public func saturatingSubtracting(_ other: Self) -> Self {
        let (difference, isBeyond) = subtractingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .max : .min) : difference
    }
}
