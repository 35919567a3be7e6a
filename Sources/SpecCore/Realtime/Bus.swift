/// Carries announcements between the nodes that serve together.
public protocol Bus: Sendable {
    /// Hands what happens on a channel to `handler`, from now on.
    ///
    /// Called on a thread of the bus, in order; it must not wait. Nothing is queued, hence nothing is dropped.
    func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void)
}

/// What a listener of a bus hears.
public enum BusSignal: Sendable, Equatable {
    /// From here on announcements arrive; earlier ones may have been missed.
    case connected
    /// Announcements may be missed from here on.
    case disconnected
    case announcement(String)
}
