@preconcurrency import CYAML

extension YAMLReader {
    /// A mapping or list being read.
    struct Frame {
        let isMapping: Bool
        let isFlow: Bool
        /// True if the collection is in the place of a key, and so is an error as a whole.
        let isKey: Bool
        let anchor: String?
        let start: Position
        /// The end of the last part: the end mark of a block collection extends to the next token.
        var end: Position
        var items: [Node] = []
        var members: [Node.Member] = []
        /// The indexes of the members by key, from the tenth member on: small mappings are searched.
        var places: [[UInt8]: Int] = [:]
        var key: Key?
        var count = 1
        var height = 1
    }

    /// A key whose value has not been read yet.
    struct Key {
        let text: String
        let location: Location
        /// True if the key is invalid, so that its value is read but dropped.
        let isRefused: Bool
    }

    var expectsKey: Bool {
        guard let frame = frames.last else { return false }
        return frame.isMapping && frame.key == nil
    }

    // MARK: Opening and closing

    mutating func open(
        isMapping: Bool, isFlow: Bool, anchor: UnsafeMutablePointer<yaml_char_t>?,
        tag: UnsafeMutablePointer<yaml_char_t>?, _ event: yaml_event_t
    ) throws(Diagnostic) {
        let start = position(event.start_mark)
        let location = Location(file: file, start: start, end: position(event.end_mark))
        guard frames.count < limits.depthMax else { throw tooDeep(at: location) }
        refuseTag(tag, at: location)
        let isKey = expectsKey
        if isKey, frames.contains(where: \.isKey) {
            // It is inside a collection that is a key, and is rejected with it.
            setKey(Key(text: "", location: location, isRefused: true))
        } else if isKey {
            refuseKey(isMapping ? "a mapping" : "a list", at: location)
        }
        name(anchor, nil, at: location)
        frames.append(
            Frame(
                isMapping: isMapping, isFlow: isFlow, isKey: isKey, anchor: anchor.map { String(cString: $0) },
                start: start, end: position(event.end_mark)))
    }

    mutating func close(_ event: yaml_event_t) throws(Diagnostic) {
        let frame = frames.removeLast()
        let end = frame.isFlow ? position(event.end_mark) : frame.end
        let location = Location(file: file, start: frame.start, end: end)
        let node = Node(frame.isMapping ? .mapping(frame.members) : .sequence(frame.items), at: location)
        let value = Value(node: node, count: frame.count, height: frame.height)
        if let anchor = frame.anchor { anchors[anchor] = Anchor(location: location, value: value) }
        if frame.isKey {
            frames[frames.count - 1].end = end
        } else {
            try add(value, end: end)
        }
    }

    // MARK: Filling

    /// Adds a finished value under the pending key, at the end of the list, or at the root.
    mutating func add(_ value: Value, end: Position, alias: Location? = nil) throws(Diagnostic) {
        guard let top = frames.indices.last else {
            root = value.node
            return
        }
        let place = alias ?? value.node.location
        guard frames.count + value.height <= limits.depthMax else { throw tooDeep(at: place) }
        frames[top].count += value.count
        frames[top].height = max(frames[top].height, value.height + 1)
        frames[top].end = end
        guard frames[top].count <= limits.nodesMax else { throw tooLarge(at: place) }
        if !frames[top].isMapping {
            frames[top].items.append(value.node)
        } else if let key = frames[top].key.take(), !key.isRefused {
            addMember(Node.Member(key: key.text, keyLocation: key.location, value: value.node), to: top)
        }
    }

    private mutating func addMember(_ member: Node.Member, to top: Int) {
        let count = frames[top].members.count
        if count == Self.searchedMembersMax {
            for (place, member) in frames[top].members.enumerated() {
                frames[top].places[Array(member.key.utf8)] = place
            }
        }
        if count >= Self.searchedMembersMax { frames[top].places[Array(member.key.utf8)] = count }
        frames[top].members.append(member)
    }

    private static let searchedMembersMax = 10

    private func earlier(_ key: String) -> Node.Member? {
        guard let frame = frames.last else { return nil }
        if frame.members.count <= Self.searchedMembersMax {
            return frame.members.first { $0.key.isSame(as: key) }
        }
        return frame.places[Array(key.utf8)].map { frame.members[$0] }
    }

    // MARK: Keys

    mutating func takeKey(_ bytes: UnsafeBufferPointer<UInt8>, isPlain: Bool, at location: Location) {
        let text = String(decoding: bytes, as: UTF8.self)
        if isPlain, text == "<<" {
            return refuse(mergeKey(at: location), spoils: true)
        }
        if isPlain, let kind = nonTextKind(bytes) {
            return refuseKey(kind, at: location, text: text)
        }
        if let first = earlier(text) {
            return refuse(DuplicateKey.diagnostic(text, at: location, first: first.keyLocation), spoils: false)
        }
        setKey(Key(text: text, location: location, isRefused: false))
    }

    /// The type of a key that is not text, or nil. Digits pass as text: status codes are mostly written bare.
    private func nonTextKind(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        if !bytes.isEmpty, bytes.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) { return nil }
        if bytes.count > limits.numberBytesMax { return nil }
        switch CoreSchema.value(of: bytes) {
        case .string: return nil
        case let value: return Node(value, at: file.beginning).kind
        }
    }

    mutating func refuseKey(_ kind: String, at location: Location, text: String? = nil) {
        refuse(
            Diagnostic(
                rule: "key-type", "a key must be text, not \(kind)", at: location,
                help: text.flatMap { $0.isEmpty ? nil : "write \"\($0)\"" }),
            spoils: true)
    }

    private func mergeKey(at location: Location) -> Diagnostic {
        Diagnostic(
            rule: "merge-key", "merge keys ('<<') are not part of YAML 1.2", at: location,
            help: "write the members out, or use allOf with a $ref")
    }

    private mutating func refuse(_ diagnostic: Diagnostic, spoils: Bool) {
        diagnostics.append(diagnostic)
        isSpoiled = isSpoiled || spoils
        setKey(Key(text: "", location: diagnostic.location, isRefused: true))
    }

    private mutating func setKey(_ key: Key) {
        frames[frames.count - 1].key = key
        frames[frames.count - 1].end = key.location.end
    }

    // MARK: Bounds

    private func tooDeep(at location: Location) -> Diagnostic {
        Diagnostic(
            rule: "nesting", "mappings and lists are nested more than \(limits.depthMax) levels deep", at: location)
    }

    private func tooLarge(at location: Location) -> Diagnostic {
        Diagnostic(
            rule: "alias-size", "the document contains more than \(limits.nodesMax) values, aliases expanded",
            at: location)
    }
}
