/// The engines that a spec's statements are written for.
package enum SQLEngine: String, Sendable, CaseIterable {
    case sqlite, postgres
}
