import Foundation
import TestSupport
import Testing

/// Which planted changes of shipped images lint takes for near duplicates, through the real base model.
///
/// `docs/lint.md` has the same measurement on more images.
@Suite struct DuplicateRecallTests {
    private struct Report: Decodable {
        struct Finding: Decodable { let pairs: [Pair]? }
        struct Pair: Decodable { let images: [String] }
        let findings: [Finding]
    }

    private static let originals = 16

    /// The least share of 16 changed images that must be found: the share of 300 less five of 16 for chance.
    private static let expected: [(change: String, share: Double)] = [
        ("jpeg90", 0.67), ("jpeg50", 0.6), ("jpeg20", 0.48), ("half", 0.66), ("crop2", 0.68), ("flip", 0.68),
        ("dark", 0.62), ("bright", 0.55), ("text", 0.53), ("turn3", 0.48), ("crop10", 0.27),
    ]

    private static let script = """
        import os, numpy
        from PIL import Image, ImageDraw, ImageEnhance, ImageOps

        root, source, count = input["root"], input["source"], int(input["count"])
        folder = root + "/Datasets/d/"
        os.makedirs(folder + "images", exist_ok=True)

        def crop(image, share):
            sides = [max(1, round(side * share / 2)) for side in image.size]
            return image.crop((*sides, image.width - sides[0], image.height - sides[1]))

        def text(image):
            image = image.copy()
            place = (image.width * 0.05, image.height * 0.85)
            ImageDraw.Draw(image).text(place, "SALE 50%", fill=(200, 0, 0), font_size=max(8, image.height // 12))
            return image

        def turned(image, degrees): return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))

        changes = {
            "jpeg90": lambda image: (image, 90), "jpeg50": lambda image: (image, 50), "jpeg20": lambda image: (image, 20),
            "half": lambda image: image.resize((image.width // 2, image.height // 2), Image.Resampling.BICUBIC),
            "crop2": lambda image: crop(image, 0.02), "crop10": lambda image: crop(image, 0.1),
            "flip": ImageOps.mirror, "turn3": lambda image: turned(image, 3), "turn15": lambda image: turned(image, 15),
            "bright": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
            "dark": lambda image: ImageEnhance.Brightness(image).enhance(0.8), "text": text,
        }
        by_group = {}
        for line in map(json.loads, open(source + "manifest.jsonl")): by_group.setdefault(line["group"], line)
        random = numpy.random.default_rng(3)
        chosen = random.choice(sorted(by_group), count, replace=False)
        lines = []

        def save(name, image, quality=None):
            path = f"images/{name}." + ("jpg" if quality else "png")
            image.save(folder + path, **({"quality": quality} if quality else {}))
            lines.append(json.dumps({"image": path, "absent": "others"}))

        for number, group in enumerate(chosen):
            art = Image.open(source + by_group[group]["image"]).convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", art.size, "white"), art).convert("RGB")
            save(f"{number}-original", image)
            for name, change in changes.items():
                changed = change(image)
                save(f"{number}-{name}", *(changed if isinstance(changed, tuple) else (changed,)))
        open(folder + "manifest.jsonl", "w").write("\\n".join(lines))
        answer(True)
        """

    @Test func changedImagesAreFoundAndOthersAreNot() throws {
        let project = try TemporaryProject.sharingWithThisOne(["Experiments", ".moderato/models", ".moderato/python"])
        let source = Oracle.projectRoot.appending(path: "Datasets/stickers").path + "/"
        _ = try Oracle.run(
            Self.script, input: ["root": project.root.path, "source": source, "count": "\(Self.originals)"],
            as: Bool.self)
        let lint = try Program.run(["lint", "d", "--json", "--quiet"], in: project.root)
        #expect(lint.status == 0, "\(lint.talk)")
        let pairs = try JSONDecoder().decode(Report.self, from: Data(lint.output.utf8)).findings
            .compactMap(\.pairs).flatMap { $0 }.map { $0.images.map(Self.name) }
        for (change, share) in Self.expected {
            let found = (0..<Self.originals).count { number in
                pairs.contains { Set($0) == ["\(number)-original", "\(number)-\(change)"] }
            }
            #expect(Double(found) >= share * Double(Self.originals), "\(change): \(found) of \(Self.originals)")
        }
        // 208 images make 20,000 pairs of different objects; of 7,600,000 pairs of 300 objects none was taken for one.
        let wrong = pairs.filter { pair in Set(pair.map { $0.prefix { $0 != "-" } }).count > 1 }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    /// `images/3-flip.png` is `3-flip`.
    private static func name(_ path: String) -> String {
        URL(filePath: path).deletingPathExtension().lastPathComponent
    }
}
