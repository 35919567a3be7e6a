/// The version of this release, framework and product alike.
public enum Version {
    /// The version, as `parley --version` and `spec --version` print it; CHANGELOG.md says what it brings.
    public static let current = "0.7.0"
}
