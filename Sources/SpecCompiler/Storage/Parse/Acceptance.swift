/// A line below `accept`: a change that may lose rows or fail, and is meant.
struct Acceptance {
    let words: String
    let location: Location
}
