/// How pictures and files may be kept by clients: by their owner's, and only if they ask each time.
enum CacheRule {
    static let own = "private, no-cache"
}
