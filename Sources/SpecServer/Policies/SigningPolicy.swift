import NIOCore
import SpecCore

/// Signs the URLs of a response for its viewer (`x-signed`).
///
/// Outside of idempotency, so that stored responses hold no signatures and each replay is signed anew.
struct SigningPolicy: ImmediatePolicy {
    let signer: URLSigner

    func hooks(for operation: Operation?) -> PolicyHooks { operation?.signsURLs == true ? .beforeSending : [] }

    func beforeSending(_ exchange: inout Exchange, _ response: inout OperationResponse) {
        guard let signedURLs = response.signedURLs, case .bytes(let json) = response.body,
            let viewer = signedURLs.viewer ?? exchange.caller?.subject,
            signedURLs.places.last?.upperBound ?? 0 <= json.readableBytes
        else { return }
        response.body = .bytes(signer.sign(json, signedURLs.places, for: viewer))
    }
}
