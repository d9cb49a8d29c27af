internal import Moderation

/// A plan, and what was learnt on the way to it.
struct Prepared {
    let platform: Platform
    let plan: Plan
    /// Images that are neither trained on nor tested on, for means and covariances.
    let background: [SelectedImage]
    /// Images left out because they cannot be used.
    let skipped: [BadImage]
    /// The embeddings, where they were needed to tell usable images from others.
    let embedded: EmbeddedImages?
}
