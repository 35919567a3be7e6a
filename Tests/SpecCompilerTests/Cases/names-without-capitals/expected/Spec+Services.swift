// Generated from the spec. Edit the spec instead.

import SpecCore

/// The operations of the tag 消息.
protocol 消息Service: Sendable {
    /// 消息
    func 消息(_ input: 消息.Input, _ context: Context) async throws -> 消息.Output
}
