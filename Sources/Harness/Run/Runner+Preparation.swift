internal import Moderation

/// What comes before training: the plan, the look for leaks, the embeddings.
extension Runner {
    /// The plan. Where bad images are to be skipped, only embedding tells which they are.
    func prepare(keepingEmbeddings: Bool) throws -> Prepared {
        let platform = try Platform(workspace: workspace)
        let identifier = ImageIdentifier(
            experiment: experiment, jobs: jobs, cancellation: cancellation, report: report)
        let identified = try identifier.images()
        // Where a manifest declares no digests, only the bytes tell that an image stands there twice.
        let copies = experiment.copyFindings(identified.usable.map { ($0.record, $0.digest, $0.dataset) })
        guard copies.isEmpty else { throw Findings(copies) }
        let background = try identifier.background(besides: identified.usable)
        let bad = identified.bad + background.bad
        guard experiment.onBadImage == .skip else {
            guard bad.isEmpty else {
                throw RunError.badImages(
                    bad, total: identified.usable.count + background.usable.count + bad.count)
            }
            return prepared(platform, identified.usable, background: background.usable)
        }
        let embedded = try embedder(platform).embed(
            identified.usable + background.usable, keeping: keepingEmbeddings)
        let skipped = (bad + embedded.bad).sorted { $0.path < $1.path }
        for image in skipped { report(.note("warning: \(image.path) is skipped: \(image.reason)")) }
        let usable = identified.usable.filter(embedded.contains)
        guard !usable.isEmpty else { throw RunError.noImages(reason: "all \(skipped.count) of them are skipped") }
        return prepared(
            platform, usable, background: background.usable.filter(embedded.contains),
            skipped: skipped, embedded: embedded)
    }

    private func prepared(
        _ platform: Platform, _ images: [SelectedImage], background: [SelectedImage], skipped: [BadImage] = [],
        embedded: EmbeddedImages? = nil
    ) -> Prepared {
        Prepared(
            platform: platform,
            plan: Plan(experiment, images: images, background: background, platform: platform),
            background: background, skipped: skipped, embedded: embedded)
    }

    /// What was prepared, after a look for near duplicates on both sides of a division; the embeddings are kept where they
    /// had to be looked at.
    func withoutLeaks(_ prepared: Prepared) throws -> Prepared {
        guard experiment.splits.contains(where: { !$0.allowedLeaks.contains(.nearDuplicates) }) else { return prepared }
        let images = prepared.plan.images
        let fingerprints = try Fingerprinter(
            workspace: workspace, jobs: jobs, cancellation: cancellation, report: report
        ).fingerprints(of: images)
        let check = LeakCheck(experiment, plan: prepared.plan)
        let candidates = check.candidates(fingerprints)
        guard !candidates.isEmpty else { return prepared }
        let embedded = try embeddings(of: prepared)
        try check.check(candidates, embeddings: embedded.plain.matrix(of: images))
        return Prepared(
            platform: prepared.platform, plan: prepared.plan, background: prepared.background,
            skipped: prepared.skipped, embedded: embedded)
    }

    /// The embeddings of the plan's images, computed unless they were needed before.
    func embeddings(of prepared: Prepared, keeping isKeeping: Bool = true) throws -> EmbeddedImages {
        let images = prepared.plan.images + prepared.background
        let embedded = try prepared.embedded ?? embedder(prepared.platform).embed(images, keeping: isKeeping)
        guard embedded.bad.isEmpty || experiment.onBadImage == .skip else {
            throw RunError.badImages(embedded.bad, total: images.count)
        }
        return embedded
    }

    private func embedder(_ platform: Platform) -> Embedder {
        Embedder(
            experiment: experiment, workspace: workspace, platform: platform, jobs: jobs, cancellation: cancellation,
            report: report)
    }
}
