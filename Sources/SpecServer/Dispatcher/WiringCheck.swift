import SpecCore

/// Checks that the policies have what the keywords of the operations need.
enum WiringCheck {
    /// - Throws: ``ConfigurationError`` that names the first operation in need, and what to pass.
    static func check(_ operations: [Operation], _ configuration: PolicyConfiguration) throws {
        for operation in operations {
            if operation.idempotency != nil, configuration.idempotencyStore == nil {
                throw missing("x-idempotency", of: operation, "an idempotency store", "idempotencyStore")
            }
            if operation.signsURLs, configuration.urlSigner == nil {
                throw missing("x-signed", of: operation, "a URL signer", "urlSigner")
            }
        }
    }

    private static func missing(
        _ keyword: String, of operation: Operation, _ dependency: String, _ property: String
    ) -> ConfigurationError {
        ConfigurationError(
            "the operation '\(operation.id)' has \(keyword), which needs \(dependency): "
                + "set HTTPService.Configuration.\(property)")
    }
}
