/// Cache-Control of pictures and files: private, with revalidation on each use.
enum CacheRule {
    static let own = "private, no-cache"
}
