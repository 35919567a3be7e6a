import Contract
import SpecCore

/// The animals of the shop.
package struct Pets: PetsService {
    /// Maximum number of animals.
    package static let placesMax: Int64 = 4

    private let store: any Store

    package init(store: any Store) {
        self.store = store
    }

    package func listPets(_ input: ListPets.Input, _ context: Context) async throws -> ListPets.Output {
        try await store.read { tx in
            let kinds = (input.kinds ?? []).map(\.rawValue).joined(separator: ",")
            let rows = try tx.all(PetsQueries.shown(kinds: kinds, limit: Int64(input.limit)))
            let total = try tx.first(PetsQueries.count())?.total ?? 0
            return .ok(try rows.map { try $0.pet }, headers: .init(xTotal: total))
        }
    }

    package func addPet(_ input: AddPet.Input, _ context: Context) async throws -> AddPet.Output {
        try await store.write { tx in
            guard let count = try tx.first(PetsQueries.count()), count.total < Self.placesMax else {
                return .locked(AddPetLocked(free: 0))
            }
            let row = PetsRow(id: try tx.first(PetsQueries.nextId())?.id ?? 1, of: input.body)
            guard try tx.execute(PetsTable.insertIfAbsent(row)) == 1 else {
                throw Problem(.nameTaken)
            }
            return .created(try row.pet, headers: .init(location: "/pets/\(row.id)"))
        }
    }

    package func getPet(_ input: GetPet.Input, _ context: Context) async throws -> GetPet.Output {
        try await store.read { tx in .ok(try tx.pet(input.petId, else: .notFound).pet) }
    }

    package func changePet(_ input: ChangePet.Input, _ context: Context) async throws -> ChangePet.Output {
        try await store.write { tx in
            var row = try tx.pet(input.petId, else: .notFound)
            if let name = input.body.name { row.name = name }
            switch input.body.note {
            case .absent: break
            case .null: row.note = nil
            case .value(let note): row.note = note
            }
            do {
                try tx.execute(PetsTable.update(row))
            } catch StoreError.constraint(.unique, _) {
                throw Problem(.nameTaken)
            }
            return .ok(try row.pet)
        }
    }

    package func putPhoto(_ input: PutPhoto.Input, _ context: Context) async throws -> PutPhoto.Output {
        let photo = try await input.body.collect(upTo: context.operation.bodyBytesMax)
        try await store.write { tx in
            var row = try tx.pet(input.petId, else: .notFound)
            row.photo = Array(photo.readableBytesView)
            try tx.execute(PetsTable.update(row))
        }
        return .noContent
    }

    package func getPhoto(_ input: GetPhoto.Input, _ context: Context) async throws -> GetPhoto.Output {
        let row = try await store.first(PetsTable.find(id: input.petId))
        guard let photo = row?.photo else { throw Problem(.notFound, "There is no such picture.") }
        return .ok(.bytes(.init(bytes: photo)))
    }
}

extension Transaction {
    /// Returns the row of an animal.
    ///
    /// - Throws: ``Problem`` with the code given.
    func pet(_ id: Int64, else code: ProblemCode) throws -> PetsRow {
        guard let row = try first(PetsTable.find(id: id)) else { throw Problem(code, "There is no animal \(id).") }
        return row
    }
}
