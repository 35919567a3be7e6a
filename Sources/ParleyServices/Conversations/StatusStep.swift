import ParleyContract
import SpecCore

/// A recipient's acknowledgement that a message, and every one before it, was delivered or read.
struct StatusStep: Sendable {
    let id: Identifier
    let status: DeliveryStatus
    let caller: Caller
    let now: Timestamp

    /// Moves the recipient's positions forward and returns the resulting status of the message.
    func take(in transaction: any Transaction) throws -> MessageStatus {
        let message = try received(in: transaction)
        let find = ConversationsTable.find(lowId: message.lowId, highId: message.highId)
        if var conversation = try transaction.first(find) {
            try move(&conversation, to: message, in: transaction)
        }
        let steps = try StatusHistory(of: message, for: caller.subject).steps(in: transaction)
        return steps[steps.count - 1]
    }

    /// Locks and returns the message.
    ///
    /// - Throws: ``Problem`` `not-found` for others, `forbidden` for the sender.
    private func received(in transaction: any Transaction) throws -> MessagesRow {
        let row = try transaction.first(MessagesTable.find(id: id))
        guard let row, row.recipientId == caller.subject || row.senderId == caller.subject && row.deletedAt == nil
        else { throw Problem(.notFound, "There is no such message.") }
        guard row.recipientId == caller.subject else {
            throw Problem(
                .forbidden, "Only its recipient may update the status of a message.")
        }
        return row
    }

    private func move(
        _ conversation: inout ConversationsRow, to message: MessagesRow, in transaction: any Transaction
    ) throws {
        let before = conversation[caller.subject]
        var positions = before
        positions.delivered = max(positions.delivered, message.seq)
        let shows = try visibility(to: message.senderId, in: transaction)
        if shows.delivered { positions.deliveredShown = max(before.deliveredShown, message.seq) }
        if status == .read, message.seq > before.read {
            positions.read = message.seq
            if shows.read { positions.shown = message.seq }
            positions.unread = try Unread.count(from: before, to: message, in: transaction)
        }
        guard positions.delivered > before.delivered || positions.read > before.read else { return }
        conversation[caller.subject] = positions
        try transaction.execute(ConversationsTable.update(conversation))
        if positions.delivered > before.delivered {
            try keep(.delivered, of: message, isShown: shows.delivered, in: transaction)
        }
        if positions.read > before.read { try keep(.read, of: message, isShown: shows.read, in: transaction) }
        try tell(message, from: before, to: positions, in: transaction)
    }

    /// Returns which steps the sender may see: none while the caller has blocked them, no reading without receipts.
    private func visibility(
        to sender: Identifier, in transaction: any Transaction
    ) throws -> (delivered: Bool, read: Bool) {
        let contact = ContactsTable.findByOwnerIdAndUserId(ownerId: caller.subject, userId: sender)
        if try transaction.first(contact)?.status == .blocked { return (false, false) }
        return (true, try Settings.load(for: caller.subject, in: transaction).readReceipts)
    }

    private func keep(
        _ status: StatusStepsRow.Status, of message: MessagesRow, isShown: Bool, in transaction: any Transaction
    ) throws {
        let row = StatusStepsRow(
            lowId: message.lowId, highId: message.highId, userId: caller.subject, status: status,
            upToSeq: message.seq, sessionId: caller.session, isShown: isShown, at: now)
        try transaction.execute(StatusStepsTable.insertIfAbsent(row))
    }

    /// Notifies the recipient's other devices of the actual step, the sender of the step that may be shown.
    private func tell(
        _ message: MessagesRow, from before: ReadPositions, to positions: ReadPositions, in transaction: any Transaction
    ) throws {
        let shown: DeliveryStatus? =
            positions.shown > before.shown
            ? .read : positions.deliveredShown > before.deliveredShown ? .delivered : nil
        var events = [caller.subject: event(status)]
        if let shown { events[message.senderId] = event(shown) }
        try transaction.emit(events)
    }

    private func event(_ status: DeliveryStatus) -> LoggedEvent {
        LoggedEvent(.messageStatus, message: id, subject: caller.session, detail: status.rawValue, at: now)
    }
}
