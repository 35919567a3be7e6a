/// Carries announcements between the nodes of a cluster.
public protocol Bus: Sendable {
    /// Passes the signals of a channel to `handler`, from now on.
    ///
    /// Called in order on a thread of the bus; must not block. Nothing is queued, so nothing is dropped.
    func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void)

    /// Announces a text of at most ``BusSignal/announcementBytesMax`` bytes to the listeners of a channel on all nodes,
    /// this one included. Never waits: announcements that arrive together travel together.
    ///
    /// An announcement is a hint. It can be lost on the way, and it may overtake another.
    /// - Returns: false if it was dropped, because too many wait.
    @discardableResult func announce(_ text: String, on channel: StaticString) -> Bool
}

/// A signal to a listener of a bus.
public enum BusSignal: Sendable, Equatable {
    /// The maximum size of an announcement, within PostgreSQL's limit of 8,000 bytes.
    public static let announcementBytesMax = 7_000

    /// Announcements arrive from now on; earlier ones may have been missed.
    case connected
    /// Announcements may be missed from now on.
    case disconnected
    case announcement(String)
}
