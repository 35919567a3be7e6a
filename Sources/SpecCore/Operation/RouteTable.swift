/// Up to ``PathCaptures/capturesMax`` ranges of the path, one per parameter of the template, as byte offsets.
public struct PathCaptures: Sendable {
    /// How many parameters a path template can have.
    public static let capturesMax = 8

    @usableFromInline var starts: InlineArray<8, UInt16> = .init(repeating: 0)
    @usableFromInline var ends: InlineArray<8, UInt16> = .init(repeating: 0)
    public internal(set) var count = 0

    public init() {}

    /// The byte range of the parameter at `index` in the request target.
    @inlinable public subscript(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(ends[index]) }

    mutating func append(_ range: Range<Int>) {
        starts[count] = UInt16(truncatingIfNeeded: range.lowerBound)
        ends[count] = UInt16(truncatingIfNeeded: range.upperBound)
        count += 1
    }
}

/// Finds the operation of a method and path in one walk, without allocating.
///
/// A literal segment wins over a parameter, segment by segment, with a step back where the literal leads nowhere.
public struct RouteTable: Sendable {
    public enum Match: Sendable {
        case found(Int, PathCaptures)
        /// The path exists; the value is the `Allow` field.
        case methodNotAllowed(allow: String)
        case notFound
    }

    /// The longest path that is looked up, in bytes; longer ones are not found.
    public static let pathBytesMax = 8_192

    struct Edge: Sendable {
        let text: Range<Int>
        let node: Int
    }

    struct Node: Sendable {
        var edges: [Edge] = []
        var parameter: Int?
        /// The operation's index per method, -1 where there is none.
        var operations: InlineArray<8, Int16> = .init(repeating: -1)
        var allow = ""
    }

    private var nodes: [Node] = [Node()]
    private var texts: [UInt8] = []

    /// - Parameter operations: the operations in the order of their indexes.
    public init(_ operations: [Operation]) {
        for (index, operation) in operations.enumerated() { insert(operation, at: index) }
        for index in nodes.indices { nodes[index].allow = RouteTable.allow(nodes[index]) }
    }

    private mutating func insert(_ operation: Operation, at index: Int) {
        var node = 0
        for segment in operation.path.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            node =
                segment.first == UInt8(ascii: "{") ? parameterChild(of: node) : literalChild(Array(segment), of: node)
        }
        nodes[node].operations[Int(operation.method.rawValue)] = Int16(index)
    }

    private mutating func parameterChild(of node: Int) -> Int {
        if let child = nodes[node].parameter { return child }
        nodes.append(Node())
        nodes[node].parameter = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func literalChild(_ segment: [UInt8], of node: Int) -> Int {
        if let edge = nodes[node].edges.first(where: { texts[$0.text].elementsEqual(segment) }) { return edge.node }
        nodes.append(Node())
        let start = texts.count
        texts += segment
        nodes[node].edges.append(Edge(text: start..<texts.count, node: nodes.count - 1))
        return nodes.count - 1
    }

    /// GET brings HEAD with it; OPTIONS is the server's own where the spec has none.
    private static func allow(_ node: Node) -> String {
        var tokens = Method.allCases.filter { node.operations[Int($0.rawValue)] >= 0 }.map { "\($0.token)" }
        if tokens.contains("GET"), !tokens.contains("HEAD") { tokens.append("HEAD") }
        return tokens.sorted().joined(separator: ", ")
    }
}

extension RouteTable {
    /// Looks up the path of a request target, which ends at `?`.
    /// - Parameter method: nil for one that no operation can have.
    public func match(_ method: Method?, target: String) -> Match {
        var target = target
        return target.withUTF8 { bytes in
            let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
            guard end > 0, end <= RouteTable.pathBytesMax, bytes[0] == UInt8(ascii: "/") else { return .notFound }
            var captures = PathCaptures()
            guard let node = walk(bytes, 1, end, 0, &captures) else { return .notFound }
            return choose(nodes[node], method, captures)
        }
    }

    private func choose(_ node: borrowing Node, _ method: Method?, _ captures: PathCaptures) -> Match {
        guard let method else { return .methodNotAllowed(allow: node.allow) }
        var index = node.operations[Int(method.rawValue)]
        if index < 0, method == .head { index = node.operations[Int(Method.get.rawValue)] }
        return index >= 0 ? .found(Int(index), captures) : .methodNotAllowed(allow: node.allow)
    }

    private func walk(
        _ path: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ node: Int, _ captures: inout PathCaptures
    ) -> Int? {
        var stop = start
        while stop < end, path[stop] != UInt8(ascii: "/") { stop += 1 }
        if let child = literal(path, start..<stop, node), let found = descend(path, stop, end, child, &captures) {
            return found
        }
        guard stop > start, let child = nodes[node].parameter, captures.count < PathCaptures.capturesMax else {
            return nil
        }
        let count = captures.count
        captures.append(start..<stop)
        if let found = descend(path, stop, end, child, &captures) { return found }
        captures.count = count
        return nil
    }

    private func descend(
        _ path: UnsafeBufferPointer<UInt8>, _ stop: Int, _ end: Int, _ child: Int, _ captures: inout PathCaptures
    ) -> Int? {
        if stop < end { return walk(path, stop + 1, end, child, &captures) }
        return nodes[child].allow.isEmpty ? nil : child
    }

    private func literal(_ path: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>, _ node: Int) -> Int? {
        for edge in nodes[node].edges where edge.text.count == segment.count {
            var offset = 0
            while offset < segment.count, texts[edge.text.lowerBound + offset] == path[segment.lowerBound + offset] {
                offset += 1
            }
            if offset == segment.count { return edge.node }
        }
        return nil
    }
}
