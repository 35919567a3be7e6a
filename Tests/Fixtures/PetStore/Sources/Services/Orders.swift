import Contract
import SpecCore

/// The owner of the shop's event log.
package enum Shop {
    package static let id = Identifier(high: 0, low: 1)
}

/// Orders of customers.
package struct Orders: OrdersService {
    private let store: any Store

    package init(store: any Store) {
        self.store = store
    }

    /// Places an order: either all of its animals are sold, or none.
    package func placeOrder(_ input: PlaceOrder.Input, _ context: Context) async throws -> PlaceOrder.Output {
        let body = input.body
        let order = Order(
            petIds: body.petIds, payment: body.payment, isGift: body.isGift, id: .make(), placedAt: .now())
        try await store.write { tx in
            try tx.execute(OrdersTable.insert(OrdersRow(order)))
            for petId in order.petIds { try sell(petId, to: order.id, tx) }
            try tx.emit(LoggedEvent(kind: "order:placed", at: order.placedAt, firstId: order.id), to: [Shop.id])
        }
        return .created(order)
    }

    private func sell(_ petId: Int64, to orderId: Identifier, _ tx: any Transaction) throws {
        guard try tx.first(PetsQueries.sell(id: petId, orderId: orderId)) == nil else { return }
        _ = try tx.pet(petId, else: .notFound)
        throw Problem(.petSold, "Animal \(petId) has a new home already.")
    }

    package func getOrder(_ input: GetOrder.Input, _ context: Context) async throws -> GetOrder.Output {
        try await store.read { tx in
            guard let row = try tx.first(OrdersTable.find(id: input.orderId)) else {
                throw Problem(.notFound, "There is no such order.")
            }
            let pets = try tx.all(PetsTable.listByOrderId(orderId: row.id, limit: 3))
            return .ok(row.order(of: pets), headers: .init(xWrapping: row.isGift ? "paper" : nil))
        }
    }
}

extension OrdersRow {
    fileprivate init(_ order: Order) {
        var card: String?
        if case .paymentAlternative2(let payment) = order.payment { card = payment.card }
        self.init(id: order.id, card: card, isGift: order.isGift, placedAt: order.placedAt)
    }

    fileprivate func order(of pets: [PetsRow]) -> Order {
        let payment = card.map { Payment.paymentAlternative2(PaymentAlternative2(card: $0)) } ?? .text("cash")
        return Order(petIds: pets.map(\.id), payment: payment, isGift: isGift, id: id, placedAt: placedAt)
    }
}
