import ParleyContract
import SpecCore

/// A recipient's word that a message, and every one before it, arrived or was read.
struct StatusStep: Sendable {
    let id: Identifier
    let status: DeliveryStatus
    let caller: Caller
    let now: Timestamp

    /// Moves the recipient's marks forward; gives the step that holds for the message then.
    func take(in transaction: any Transaction) throws -> MessageStatus {
        let message = try received(in: transaction)
        let lock = ConversationsQueries.lock(lowId: message.lowId, highId: message.highId)
        if var conversation = try transaction.first(lock) {
            try move(&conversation, to: message, in: transaction)
        }
        let steps = try StatusHistory(of: message, for: caller.subject).steps(in: transaction)
        return steps[steps.count - 1]
    }

    /// - Throws: ``Problem`` `not-found` for others, `forbidden` for the sender.
    private func received(in transaction: any Transaction) throws -> MessagesRow {
        let row = try transaction.first(MessagesTable.find(id: id))
        guard let row, row.recipientId == caller.subject || row.senderId == caller.subject && row.deletedAt == nil
        else { throw Problem(UpdateMessageStatus.Problems.notFound, "There is no such message.") }
        guard row.recipientId == caller.subject else {
            throw Problem(UpdateMessageStatus.Problems.forbidden, "Only its recipient says how far a message came.")
        }
        return row
    }

    private func move(
        _ conversation: inout ConversationsRow, to message: MessagesRow, in transaction: any Transaction
    ) throws {
        let before = conversation[caller.subject]
        var marks = before
        marks.delivered = max(marks.delivered, message.seq)
        let settings = try Settings.load(for: caller.subject, in: transaction)
        if status == .read, message.seq > before.read {
            marks.read = message.seq
            if settings.readReceipts { marks.shown = message.seq }
            marks.waiting = try Waiting.count(
                for: caller.subject, behind: message.seq, of: conversation, in: transaction)
        }
        guard marks != before else { return }
        conversation[caller.subject] = marks
        try transaction.execute(ConversationsTable.update(conversation))
        if marks.delivered > before.delivered { try keep(.delivered, of: message, isShown: true, in: transaction) }
        if marks.read > before.read {
            try keep(.read, of: message, isShown: settings.readReceipts, in: transaction)
        }
        try tell(message, from: before, to: marks, in: transaction)
    }

    private func keep(
        _ status: DeliveryStatus, of message: MessagesRow, isShown: Bool, in transaction: any Transaction
    ) throws {
        let row = StatusStepsRow(
            lowId: message.lowId, highId: message.highId, userId: caller.subject, status: status.rawValue,
            upToSeq: message.seq, sessionId: caller.session, isShown: isShown, at: now)
        try transaction.execute(StatusStepsTable.insertIfAbsent(row))
    }

    /// The recipient's other devices hear what was said; the sender, what may be shown of it.
    private func tell(
        _ message: MessagesRow, from before: Marks, to marks: Marks, in transaction: any Transaction
    ) throws {
        let shown: DeliveryStatus? =
            marks.shown > before.shown ? .read : marks.delivered > before.delivered ? .delivered : nil
        guard let shown else {
            return try EventLog.append(event(status), to: caller.subject, in: transaction)
        }
        try EventLog.append(
            event(status), to: caller.subject, event(shown), to: message.senderId, in: transaction)
    }

    private func event(_ status: DeliveryStatus) -> LoggedEvent {
        LoggedEvent(kind: .messageStatus, message: id, subject: caller.session, detail: status.rawValue, at: now)
    }
}
