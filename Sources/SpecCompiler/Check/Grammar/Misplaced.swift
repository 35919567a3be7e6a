/// A keyword one level too high, as in Swagger 2 or because of a missing indentation.
struct Misplaced {
    /// The keyword of the object below which it belongs.
    let parent: String?
    /// The hint for the right place.
    let help: String?

    init(_ key: String, in kind: ObjectKind) {
        func isOf(_ other: ObjectKind) -> Bool { Grammar.keywords(of: other).contains { $0.name == key } }
        switch kind {
        // The keyword is valid here.
        case _ where isOf(kind): (parent, help) = (nil, nil)
        case .parameter where isOf(.schema), .header where isOf(.schema), .mediaType where isOf(.schema):
            (parent, help) = ("schema", "write it below 'schema'")
        case .requestBody where key == "schema", .response where key == "schema":
            (parent, help) = ("content", "write it below 'content' and a media type such as 'application/json'")
        case .requestBody where key.contains("/"), .response where key.contains("/"):
            (parent, help) = ("content", "write it below 'content'")
        case .pathItem where isOf(.operation): (parent, help) = (nil, "write it below a method such as 'get'")
        case .document where isOf(.info): (parent, help) = ("info", "write it below 'info'")
        case .document where isOf(.components): (parent, help) = (nil, "write it below 'components'")
        case .document where key.hasPrefix("/"): (parent, help) = ("paths", "write it below 'paths'")
        default: (parent, help) = (nil, nil)
        }
    }
}
