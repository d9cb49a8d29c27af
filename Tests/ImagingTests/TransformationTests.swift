import Foundation
import Imaging
import TestSupport
import Testing

/// What a network may be shown of an image, against Pillow and NumPy, pixel for pixel, and by its properties.
@Suite struct TransformationTests {
    /// An image and what the oracle makes of it.
    fileprivate struct Answer: Decodable {
        let name: String
        let width: Int
        let height: Int
        let source: Data
        let flip: Data
        let greyscale: Data
        let background: Data
        let trim: Data
        let side: [Int]
    }

    /// Drawings on plain, slightly uneven and broken backgrounds; noise; images of one pixel, row and column.
    private static let script = """
        import base64, collections
        import numpy as np
        from PIL import Image, ImageDraw, ImageOps

        random = np.random.default_rng(20261122)
        sources = {}
        for index in range(24):
            size = tuple(random.integers(5, 60, 2).tolist())
            color, ink = (tuple(random.integers(0, 256, 3).tolist()) for _ in range(2))
            image = Image.new("RGB", size, color)
            draw = ImageDraw.Draw(image)
            for _ in range(index % 4):
                x, y = random.uniform(-0.1, 1, 2) * size
                draw.ellipse([x, y, x + random.uniform(2, 40), y + random.uniform(2, 40)], fill=ink, outline=color)
            # The tolerance is 24: noise of 12 stays within it of any other, noise of 30 does not.
            noise = [0, 12, 30][index % 3]
            pixels = np.asarray(image).astype(int) + random.integers(-noise, noise + 1, (size[1], size[0], 3))
            sources[f"drawing {index}"] = np.clip(pixels, 0, 255).astype(np.uint8)
        sources["uniform"] = np.full((9, 7, 3), 77, np.uint8)
        for name, shape in (("pixel", (1, 1)), ("row", (1, 30)), ("column", (30, 1)), ("noise", (20, 31))):
            sources[name] = random.integers(0, 256, (*shape, 3), dtype=np.uint8)
        # A ring: what it encloses hangs together with no corner.
        ring = Image.new("RGB", (40, 40), "white")
        ImageDraw.Draw(ring).ellipse([8, 8, 32, 32], outline="black", width=3)
        sources["ring"] = np.asarray(ring)

        def near(pixels, color):
            return (np.abs(pixels.astype(int) - np.asarray(color).astype(int)) <= 24).all(-1)

        def background(pixels):
            alike = near(pixels, pixels[0, 0])
            height, width = alike.shape
            seen = np.zeros_like(alike)
            todo = collections.deque([(0, 0), (0, width - 1), (height - 1, 0), (height - 1, width - 1)])
            while todo:
                y, x = todo.popleft()
                if not (0 <= y < height and 0 <= x < width) or seen[y, x] or not alike[y, x]: continue
                seen[y, x] = True
                todo.extend([(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)])
            result = pixels.copy()
            result[seen] = (128, 0, 255)
            return result

        def trim(pixels):
            corners = [pixels[0, 0], pixels[0, -1], pixels[-1, 0], pixels[-1, -1]]
            color = np.median(corners, axis=0).astype(np.uint8)
            content = ~near(pixels, color)
            if not content.any(): return pixels
            rows, columns = (np.nonzero(content.any(axis))[0] for axis in (1, 0))
            part = pixels[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
            side = -(-max(part.shape[:2]) * 112 // 100)
            result = np.full((side, side, 3), color, np.uint8)
            top, left = (side - part.shape[0]) // 2, (side - part.shape[1]) // 2
            result[top:top + part.shape[0], left:left + part.shape[1]] = part
            return result

        def text(pixels): return base64.b64encode(np.asarray(pixels).tobytes()).decode()

        answers = []
        for name, pixels in sources.items():
            image, trimmed = Image.fromarray(pixels), trim(pixels)
            answers.append(dict(
                name=name, width=image.width, height=image.height, source=text(pixels), flip=text(ImageOps.mirror(image)),
                greyscale=text(image.convert("L").convert("RGB")), background=text(background(pixels)),
                trim=text(trimmed), side=[trimmed.shape[1], trimmed.shape[0]]))
        answer(answers)
        """

    private static let answers = Result { try Oracle.run(script, input: 0, as: [Answer].self) }

    @Test func everyTransformationIsNumPysPixelForPixel() throws {
        let answers = try TransformationTests.answers.get()
        #expect(answers.count == 30)
        for answer in answers {
            let image = answer.image
            #expect(Data(image.flippedHorizontally().pixels) == answer.flip, "\(answer.name)")
            #expect(Data(image.greyscale().pixels) == answer.greyscale, "\(answer.name)")
            let purple = RGBColor(red: 128, green: 0, blue: 255)
            #expect(Data(image.replacingBackground(with: purple).pixels) == answer.background, "\(answer.name)")
            let trimmed = image.trimmed()
            #expect([trimmed.width, trimmed.height] == answer.side, "\(answer.name)")
            #expect(Data(trimmed.pixels) == answer.trim, "\(answer.name)")
        }
    }

    @Test func transformationsThatUndoThemselvesOrChangeNothingTwice() throws {
        for answer in try TransformationTests.answers.get() {
            let image = answer.image
            #expect(image.flippedHorizontally().flippedHorizontally() == image)
            #expect(image.greyscale().greyscale() == image.greyscale())
            #expect(image.trimmed().trimmed() == image.trimmed(), "\(answer.name)")
            let black = image.replacingBackground(with: .black)
            #expect(black.replacingBackground(with: .black) == black, "\(answer.name)")
        }
    }

    @Test func aBorderOfTheBackgroundTrimsAway() throws {
        let answers = try TransformationTests.answers.get().filter { $0.name == "ring" || $0.name == "uniform" }
        for answer in answers {
            let image = answer.image
            let bordered = image.fitted(
                width: image.width, height: image.height + 10, fit: .pad, filter: .nearest,
                background: RGBColor(red: image.pixels[0], green: image.pixels[1], blue: image.pixels[2]))
            #expect(bordered.height == image.height + 10)
            if answer.name == "ring" { #expect(bordered.trimmed() == image.trimmed()) }
            if answer.name == "uniform" { #expect(bordered.trimmed() == bordered) }
        }
    }

    @Test("An image decoded once composes on any background as one decoded for it", arguments: ["png", "webp"])
    func decodedOnce(format: String) throws {
        let script = """
            import base64, io
            import numpy as np
            from PIL import Image
            pixels = np.random.default_rng(3).integers(0, 256, (11, 17, 4), dtype=np.uint8)
            opaque = pixels.copy()
            opaque[..., 3] = 255
            files = []
            for source in (pixels, opaque):
                stream = io.BytesIO()
                Image.fromarray(source).save(stream, input, lossless=True)
                files.append(base64.b64encode(stream.getvalue()).decode())
            answer(files)
            """
        let files = try Oracle.run(script, input: format, as: [Data].self).map { Array($0) }
        for (bytes, isTransparent) in zip(files, [true, false]) {
            let decoded = try DecodedImage(decoding: bytes)
            #expect(decoded.isTransparent == isTransparent)
            for color in [RGBColor.white, .black, RGBColor(red: 10, green: 200, blue: 30)] {
                #expect(try decoded.composed(on: color) == RGBImage(decoding: bytes, background: color))
            }
            #expect((decoded.composed(on: .white) == decoded.composed(on: .black)) == !isTransparent)
        }
    }
}

extension TransformationTests.Answer {
    fileprivate var image: RGBImage { RGBImage(width: width, height: height, pixels: Array(source)) }
}
