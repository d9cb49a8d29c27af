import Foundation
import Imaging
import Testing

/// PNG is lossless, so every comparison is for equal pixels.
@Suite struct PNGTests {
    @Test("Every colour type, depth and interlacing decodes to Pillow's pixels")
    func everyKind() throws {
        let cases = try Pillow.cases(
            PNGTests.writer + """
                kinds = [(0, d) for d in (1, 2, 4, 8, 16)] + [(3, d) for d in (1, 2, 4, 8)]
                kinds += [(t, d) for t in (2, 4, 6) for d in (8, 16)]
                for (kind, depth) in kinds:
                    for interlaced in (0, 1):
                        for (width, height) in ((1, 1), (3, 2), (7, 13), (33, 9)):
                            name = f"type {kind}, {depth} bits, interlaced {interlaced}, {width} x {height}"
                            add(name, png(width, height, kind, depth, interlaced))
                """)
        #expect(cases.count == 15 * 8)
        for example in cases {
            #expect(try RGBImage(decoding: example.bytes) == example.image, "\(example)")
        }
    }

    @Test("Transparency in palettes, in a colour key and in a channel is composed on the background")
    func transparency() throws {
        let background = try #require(RGBColor(hex: "#3a90E1"))
        let cases = try Pillow.cases(
            PNGTests.writer + """
                add("palette", png(21, 11, 3, 8, 0, ((b"tRNS", bytes(range(0, 256, 2))),)))
                add("palette of 4", png(21, 11, 3, 2, 1, ((b"tRNS", bytes([0, 100])),)))
                add("grey key", png(40, 40, 0, 8, 0, ((b"tRNS", struct.pack(">H", 9)),)))
                add("colour key", saved(Image.new("RGB", (3, 3), (1, 2, 3)), "PNG", transparency=(1, 2, 3)))
                grid = np.stack([*np.meshgrid(np.arange(256), np.arange(256)), np.full((256, 256), 77)], 2)
                for alpha in (0, 1, 2, 127, 128, 200, 254, 255):
                    channel = np.full((256, 256, 1), alpha)
                    image = Image.fromarray(np.concatenate([grid, channel], 2).astype(np.uint8), "RGBA")
                    add(f"alpha {alpha}", saved(image, "PNG"))
                add("grey and alpha", png(50, 50, 4, 8, 0))
                add("colour and alpha, 16 bits", png(50, 50, 6, 16, 1))
                """, background: background)
        for example in cases {
            #expect(try RGBImage(decoding: example.bytes, background: background) == example.image, "\(example)")
        }
    }

    @Test("Gamma, colour profiles, comments and an orientation stand beside the pixels and do not change them")
    func ancillaryChunks() throws {
        let cases = try Pillow.cases(
            PNGTests.writer + """
                image = Image.fromarray(smooth(3, 31, 17, 3))
                add("gamma 1.0", png(31, 17, 2, 8, 0, [(b"gAMA", struct.pack(">I", 100000))]))
                add("gamma 2.2, 16 bits", png(31, 17, 2, 16, 0, [(b"gAMA", struct.pack(">I", 45455))]))
                add("profile", saved(image, "PNG", icc_profile=b"not a profile"))
                exif = Image.Exif()
                exif[0x0112] = 6
                add("orientation", saved(image, "PNG", exif=exif))
                """)
        for example in cases {
            #expect(try RGBImage(decoding: example.bytes) == example.image, "\(example)")
        }
    }

    /// Python that writes a PNG of random samples; Pillow itself writes neither 16-bit colour nor interlaced files.
    static let writer = """
        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        def png(width, height, kind, depth, interlaced, chunks=()):
            random = np.random.default_rng([width, height, kind, depth, interlaced])
            bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
            passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            rows = b""
            for (x, y, across, down) in passes if interlaced else [(0, 0, 1, 1)]:
                columns, lines = -(-(width - x) // across), -(-(height - y) // down)
                if columns <= 0: continue
                for line in range(max(lines, 0)):
                    rows += bytes([random.integers(0, 5)]) + random.bytes((columns * bits + 7) // 8)
            header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
            body = chunk(b"IHDR", header)
            palette = [c for c in chunks if c[0] == b"gAMA"]
            for c in palette: body += chunk(*c)
            if kind == 3: body += chunk(b"PLTE", random.bytes(3 * 2 ** depth))
            for c in chunks:
                if c not in palette: body += chunk(*c)
            return b"\\x89PNG\\r\\n\\x1a\\n" + body + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

        """
}
