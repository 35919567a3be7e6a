import NIOCore
import SpecCore

/// Signs the references of a response for its viewer (`x-signed`).
///
/// Outside of idempotency, so that stored responses hold no signatures and each replay is signed anew.
struct SigningPolicy: ImmediatePolicy {
    let signer: URLSigner

    func hooks(for operation: Operation?) -> PolicyHooks { operation?.signsReferences == true ? .beforeSending : [] }

    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) {
        guard let references = response.references, case .bytes(let json) = response.body,
            let viewer = references.viewer ?? exchange.caller?.subject,
            references.places.last?.upperBound ?? 0 <= json.readableBytes
        else { return }
        response.body = .bytes(signer.sign(json, references.places, for: viewer))
    }
}
