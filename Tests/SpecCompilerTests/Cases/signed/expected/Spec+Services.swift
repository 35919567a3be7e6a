// Generated from the spec. Edit the spec instead.

import SpecCore

/// The operations of the tag Default.
protocol DefaultService: Sendable {
    /// getFile
    func getFile(_ input: GetFile.Input, _ context: Context) async throws -> GetFile.Output

    /// listFiles
    func listFiles(_ input: ListFiles.Input, _ context: Context) async throws -> ListFiles.Output

    /// login
    func login(_ input: Login.Input, _ context: Context) async throws -> Login.Output
}
