/// The user or client for whom the current task works, so that a store can share its readers fairly.
public enum Requester: Sendable, Hashable {
    /// The server itself: background services.
    case server
    /// A user who is signed in.
    case user(Identifier)
    /// The address of a client that is not signed in; of an IPv6 address its /64.
    case address(String)

    /// The requester of the current task and its child tasks.
    @TaskLocal public static var current = Requester.server
}
