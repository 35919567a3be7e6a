import NIOHTTP1
import SpecCore

extension DoorRequest {
    /// What a head of HTTP/1.1 asks for.
    init(_ head: HTTPRequestHead, _ survey: HeadSurvey, address: String) {
        let method = SpecCore.Method(head.method.rawValue)
        let isHead = head.method == .HEAD
        let isOldVersion = head.version == .http1_0
        let bodyBytes = survey.length.flatMap { Int($0) }
        self.init(
            method: method,
            head: RequestHead(
                method: method ?? .trace, target: DoorRequest.originForm(head.uri),
                fields: isHead ? DoorRequest.withoutRange(survey.fields) : survey.fields),
            address: address, isHead: isHead, isOldVersion: isOldVersion,
            // The parser stops behind a request that asks for another protocol; it is answered in this one.
            keepsAlive: head.isKeepAlive && !survey.wantsUpgrade && head.method != .CONNECT,
            hasBody: (bodyBytes ?? 0) > 0 || survey.codings > 0, bodyBytes: bodyBytes,
            // HTTP/1.0 knows none (RFC 9110, 10.1.1).
            expectation: isOldVersion ? nil : survey.expectation, contentCoding: survey.contentCoding)
    }

    /// Ranges are of GET only (RFC 9110, 14.2).
    private static func withoutRange(_ fields: HeaderFields) -> HeaderFields {
        HeaderFields(fields.list.filter { !$0.isNamed("range") })
    }

    /// The absolute form (RFC 9112, 3.2.2) names the same resource.
    private static func originForm(_ target: String) -> String {
        guard target.utf8.first != UInt8(ascii: "/"), let scheme = target.firstIndex(of: ":"),
            target[scheme...].hasPrefix("://")
        else {
            return target
        }
        let authority = target[target.index(scheme, offsetBy: 3)...]
        guard let end = authority.utf8.firstIndex(where: { "/?".utf8.contains($0) }) else { return "/" }
        return (authority[end] == "?" ? "/" : "") + authority[end...]
    }
}
