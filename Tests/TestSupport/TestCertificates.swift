/// Certificates of servers that tests run.
package enum TestCertificates {
    /// Makes `ca.crt`, an authority; `stranger.crt`, another one; and `server.crt` with `server.key`, which the first
    /// one has signed for the name and for this machine.
    package static func make(in folder: String, name: String) async throws {
        let script = """
            set -e; cd '\(folder)'
            for name in ca stranger; do
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$name" \
                    -keyout $name.key -out $name.crt
            done
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(name) \
                -keyout server.key -out server.csr
            printf 'subjectAltName=DNS:\(name),DNS:localhost' >names
            openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names \
                -out server.crt
            chmod 600 server.key
            """
        let code = try await ChildProcess.run("/bin/bash", ["-c", script])
        guard code == 0 else { throw TestServerError(said: "openssl made no certificates") }
    }
}

/// An unexpected result of a program that a test needs.
package struct TestServerError: Error {
    package let said: String

    package init(said: String) {
        self.said = said
    }
}
