/// The byte ranges of the path parameters, in the order of the template; up to ``PathCaptures/capturesMax``.
public struct PathCaptures: Sendable {
    /// The maximum number of parameters in a path template.
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

/// Finds the operation of a method and path in one pass, without allocating.
///
/// A literal segment has priority over a parameter, segment by segment, with backtracking if the literal has no match.
public struct RouteTable: Sendable {
    public enum Match: Sendable {
        case found(Int, PathCaptures)
        /// The path exists, but not with this method; the value is the `Allow` field.
        case methodNotAllowed(allow: String)
        case notFound
    }

    /// The maximum length of a path in bytes; longer ones are not found.
    public static let pathBytesMax = 8_192

    struct Edge: Sendable {
        let text: Range<Int>
        let node: Int
    }

    /// A segment with texts around its parameters: `{id}.{ext}`.
    struct Pattern: Sendable {
        /// The texts before, between and behind the parameters; the first and the last can be empty.
        let texts: [Range<Int>]
        let node: Int
    }

    struct Node: Sendable {
        var edges: [Edge] = []
        /// Those with more text first.
        var patterns: [Pattern] = []
        var parameter: Int?
        /// The index of the operation per method, or -1.
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
            node = child(Array(segment), of: node)
        }
        nodes[node].operations[Int(operation.method.rawValue)] = Int16(index)
    }

    private mutating func child(_ segment: [UInt8], of node: Int) -> Int {
        let parts = RouteTable.texts(of: segment)
        if parts.count == 1 { return literalChild(segment, of: node) }
        return parts == [[], []] ? parameterChild(of: node) : patternChild(parts, of: node)
    }

    /// The texts around the parameters in braces; the segment itself without any.
    private static func texts(of segment: [UInt8]) -> [[UInt8]] {
        var texts: [[UInt8]] = [[]]
        var isName = false
        for byte in segment {
            switch byte {
            case UInt8(ascii: "{"): isName = true
            case UInt8(ascii: "}"):
                isName = false
                texts.append([])
            default: if !isName { texts[texts.count - 1].append(byte) }
            }
        }
        return texts
    }

    private mutating func patternChild(_ parts: [[UInt8]], of node: Int) -> Int {
        let known = nodes[node].patterns.first { pattern in
            pattern.texts.count == parts.count
                && zip(pattern.texts, parts).allSatisfy { texts[$0].elementsEqual($1) }
        }
        if let known { return known.node }
        nodes.append(Node())
        let ranges = parts.map { part in
            let start = texts.count
            texts += part
            return start..<texts.count
        }
        nodes[node].patterns.append(Pattern(texts: ranges, node: nodes.count - 1))
        nodes[node].patterns.sort { $0.texts.reduce(0) { $0 + $1.count } > $1.texts.reduce(0) { $0 + $1.count } }
        return nodes.count - 1
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

    /// The `Allow` field. GET implies HEAD; the server handles OPTIONS where the spec does not define it.
    private static func allow(_ node: Node) -> String {
        var tokens = Method.allCases.filter { node.operations[Int($0.rawValue)] >= 0 }.map { "\($0.token)" }
        if tokens.contains("GET"), !tokens.contains("HEAD") { tokens.append("HEAD") }
        return tokens.sorted().joined(separator: ", ")
    }
}

extension RouteTable {
    /// Looks up the path of a request target, up to `?`.
    /// - Parameter method: nil if the spec has no such method.
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
        let count = captures.count
        for pattern in nodes[node].patterns {
            if match(pattern, path, start..<stop, &captures),
                let found = descend(path, stop, end, pattern.node, &captures)
            {
                return found
            }
            captures.count = count
        }
        guard stop > start, let child = nodes[node].parameter, captures.count < PathCaptures.capturesMax else {
            return nil
        }
        captures.append(start..<stop)
        if let found = descend(path, stop, end, child, &captures) { return found }
        captures.count = count
        return nil
    }

    /// Captures the parameters of a segment: each ends at the first place where the next text stands, the last one
    /// takes the rest.
    private func match(
        _ pattern: Pattern, _ path: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>, _ captures: inout PathCaptures
    ) -> Bool {
        let (first, last) = (pattern.texts[0], pattern.texts[pattern.texts.count - 1])
        let end = segment.upperBound - last.count
        var start = segment.lowerBound + first.count
        guard start < end, stands(first, path, segment.lowerBound), stands(last, path, end) else { return false }
        for text in pattern.texts[1..<pattern.texts.count - 1] {
            var stop = start + 1
            while stop + text.count < end, !stands(text, path, stop) { stop += 1 }
            guard stop + text.count < end, captures.count < PathCaptures.capturesMax else { return false }
            captures.append(start..<stop)
            start = stop + text.count
        }
        guard captures.count < PathCaptures.capturesMax else { return false }
        captures.append(start..<end)
        return true
    }

    private func stands(_ text: Range<Int>, _ path: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        for offset in 0..<text.count where texts[text.lowerBound + offset] != path[start + offset] { return false }
        return true
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
