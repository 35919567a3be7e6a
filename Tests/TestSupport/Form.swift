/// A `multipart/form-data` body for tests.
package struct Form: Sendable {
    package var boundary: String
    private var parts: [UInt8] = []

    package init(boundary: String = "----a-boundary-of-tests") {
        self.boundary = boundary
    }

    /// The form with one more part.
    package func with(_ name: String, _ bytes: [UInt8], fileName: String? = nil) -> Form {
        var form = self
        let file = fileName.map { "; filename=\"\($0)\"" } ?? ""
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n"
        form.parts += Array(head.utf8) + bytes + Array("\r\n".utf8)
        return form
    }

    package var bytes: [UInt8] { parts + Array("--\(boundary)--\r\n".utf8) }

    package func request(_ method: String, _ path: String, token: String) -> Request {
        Request(
            method, path,
            fields: [
                "Content-Type": "multipart/form-data; boundary=\(boundary)", "Authorization": "Bearer \(token)",
            ], body: bytes)
    }
}
