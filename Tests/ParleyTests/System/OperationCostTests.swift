import NIOConcurrencyHelpers
import TestSupport
import Testing

/// Tests of the number of statements and transactions of every operation.
@Suite(.timeLimit(.minutes(10))) struct OperationCostTests {
    private typealias Cost = OperationWalk.Cost

    /// Cost of a successful operation with a cached session. A higher cost is slower; for a lower one, change the line.
    private static let costs: [String: OperationWalk.Cost] = [
        "addContact": Cost(4, in: 1),
        "addReaction": Cost(7, in: 1),
        "changePassword": Cost(10, in: 2),
        "confirmTwoFactor": Cost(15, in: 1),
        "deleteMe": Cost(19, in: 2),
        "deleteMedia": Cost(6, in: 2),
        "deleteMessage": Cost(7, in: 1),
        "deletePicture": Cost(5, in: 2),
        "disableTwoFactor": Cost(8, in: 2),
        "editMessage": Cost(6, in: 1),
        "endSession": Cost(1, in: 1),
        "forgotPassword": Cost(5, in: 2),
        "getMe": Cost(1, in: 1),
        "getMedia": Cost(1, in: 1),
        "getMessage": Cost(1, in: 1),
        "getPicture": Cost(1, in: 1),
        "getPresence": Cost(1, in: 1),
        "getSettings": Cost(1, in: 1),
        "getUser": Cost(1, in: 1),
        "health": Cost(0, in: 0),
        "listContacts": Cost(2, in: 1),
        "listConversations": Cost(3, in: 1),
        "listMessages": Cost(1, in: 1),
        "listSessions": Cost(1, in: 1),
        "login": Cost(6, in: 3),
        "loginTwoFactor": Cost(11, in: 2),
        "logout": Cost(1, in: 1),
        "messageStatusHistory": Cost(3, in: 1),
        "putPicture": Cost(5, in: 1),
        "ready": Cost(0, in: 0),
        "refresh": Cost(3, in: 1),
        "register": Cost(4, in: 2),
        "removeContact": Cost(2, in: 1),
        "removeReaction": Cost(5, in: 1),
        "resendVerification": Cost(5, in: 2),
        "resetPassword": Cost(13, in: 3),
        "sendMessage": Cost(1, in: 1),
        "startTwoFactor": Cost(2, in: 2),
        "sync": Cost(5, in: 1),
        "updateContact": Cost(5, in: 1),
        "updateMe": Cost(6, in: 1),
        "updateMessageStatus": Cost(11, in: 1),
        "updateSettings": Cost(2, in: 1),
        "uploadMedia": Cost(3, in: 2),
        "verifyEmail": Cost(3, in: 1),
    ]

    @Test func asksTheDatabaseWhatTheTableSays() async throws {
        let (clock, counting) = (TestClock(), NIOLockedValueBox<CountingStore?>(nil))
        try await TestServer.run(
            on: [.sqlite], clock: clock,
            watching: { store in
                let counter = CountingStore(store)
                counting.withLockedValue { $0 = counter }
                return counter
            },
            { server in
                let store = try #require(counting.withLockedValue { $0 })
                var walk = OperationWalk(server, store, clock)
                try await walk.go()
                for (_, _, operation) in server.spec.operations {
                    let id = operation["operationId"].string ?? ""
                    let walked = walk.costs[id]
                    #expect(
                        walked != nil && walked?.cost == Self.costs[id],
                        "\(id): \(walked?.cost.description ?? "not run") \(walked?.names ?? [])")
                }
                #expect(walk.costs.count == Self.costs.count)
            })
    }
}
