/// The framework's own tables, as the `framework` of a schema asks for them.
package struct FrameworkModel: Sendable, Equatable {
    /// The table of idempotency keys with their stored responses.
    package var idempotency: String?
    package var eventLog: EventLogModel?
    /// The table of e-mails to be sent.
    package var mailOutbox: String?

    package init() {}
}

/// The event log of a schema.
package struct EventLogModel: Sendable, Equatable {
    /// The default names of the id columns.
    static let ids = ["first_id", "second_id"]

    /// The table of the events.
    package var table: String
    /// The table with the position of each user's last event.
    package var heads: String
    /// The names of the two id columns.
    package var ids: [String]
    /// The column of the users that the heads refer to.
    package var users: ReferenceModel?
}
