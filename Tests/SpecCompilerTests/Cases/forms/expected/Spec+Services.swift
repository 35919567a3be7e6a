// Generated from the spec. Edit the spec instead.

import SpecCore

/// The operations of the tag Pictures.
protocol PicturesService: Sendable {
    /// Put a picture into the album
    ///
    /// - Throws: ``Problem`` `idempotency-running` (409), `idempotency-mismatch` (422).
    func addPicture(_ input: AddPicture.Input, _ context: Context) async throws -> AddPicture.Output

    /// getPicture
    func getPicture(_ input: GetPicture.Input, _ context: Context) async throws -> GetPicture.Output

    /// notePicture
    func notePicture(_ input: NotePicture.Input, _ context: Context) async throws -> NotePicture.Output
}
