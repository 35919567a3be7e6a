extension NodeText {
    /// A scalar as messages show it: text in quotes, everything else as JSON.
    static func plain(_ node: Node) -> String {
        node.string.map { "'\($0)'" } ?? json(node)
    }
}
