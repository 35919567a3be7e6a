import ParleyContract

extension User {
    func signed(by signer: ReferenceSigner) -> User {
        var user = self
        if pictureUrl != nil { user.pictureUrl = signer.picture(of: id) }
        return user
    }
}

extension Profile {
    func signed(by signer: ReferenceSigner) -> Profile {
        var profile = self
        if pictureUrl != nil { profile.pictureUrl = signer.picture(of: id) }
        return profile
    }
}

extension Contact {
    func signed(by signer: ReferenceSigner) -> Contact {
        var contact = self
        contact.user = user.signed(by: signer)
        return contact
    }
}

extension Media {
    func signed(by signer: ReferenceSigner) -> Media {
        var media = self
        media.url = signer.media(id)
        return media
    }
}

extension Message {
    func signed(by signer: ReferenceSigner) -> Message {
        var message = self
        message.media = media.map { $0.signed(by: signer) }
        return message
    }
}

extension [Message] {
    /// Leaves those alone that have no files, which are most.
    consuming func signed(by signer: ReferenceSigner) -> [Message] {
        for index in indices where !self[index].media.isEmpty { self[index] = self[index].signed(by: signer) }
        return self
    }
}

extension Conversation {
    func signed(by signer: ReferenceSigner) -> Conversation {
        var conversation = self
        conversation.peer = peer.signed(by: signer)
        conversation.lastMessage = lastMessage.signed(by: signer)
        return conversation
    }
}

extension SendMessage.Output {
    func signed(by signer: ReferenceSigner) -> SendMessage.Output {
        switch self {
        case .ok(let message): .ok(message.signed(by: signer))
        case .created(let message): .created(message.signed(by: signer))
        }
    }
}

extension Event {
    func signed(by signer: ReferenceSigner) -> Event {
        var event = self
        switch data {
        case .message(let message): event.data = .message(message.signed(by: signer))
        case .contact(let contact): event.data = .contact(contact.signed(by: signer))
        case .user(let user): event.data = .user(user.signed(by: signer))
        default: break
        }
        return event
    }
}
