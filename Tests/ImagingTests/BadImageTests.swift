import Foundation
import Imaging
import Testing

/// One test per way in which an image can be bad: each has its own error, and its sentence says what to do.
@Suite struct BadImageTests {
    private func error(_ bytes: [UInt8], limits: ImageLimits = .standard) -> ImageError? {
        do throws(ImageError) {
            _ = try RGBImage(decoding: bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    /// A good file of each format, by Pillow: 60 x 40 pixels.
    private static let files: [ImageFormat: [UInt8]] = {
        let script = """
            image = Image.fromarray(smooth(1, 60, 40, 3))
            for format in ("PNG", "JPEG", "WebP"): add(format, saved(image, format))
            add("GIF", saved(image.quantize(), "GIF"))
            add("BMP", saved(image, "BMP"))
            add("TIFF", saved(image, "TIFF"))
            """
        let cases = (try? Pillow.cases(script)) ?? []
        return Dictionary(
            uniqueKeysWithValues: cases.compactMap { example in
                ImageFormat(rawValue: example.name).map { ($0, example.bytes) }
            })
    }()

    private func file(_ format: ImageFormat) throws -> [UInt8] { try #require(BadImageTests.files[format]) }

    @Test func empty() {
        #expect(error([]) == .empty)
        #expect("\(ImageError.empty)" == "the file is empty")
    }

    @Test func notAnImage() {
        #expect(error(Array("<html>not found</html>".utf8)) == .notAnImage)
        #expect(error([0]) == .notAnImage)
        #expect(
            "\(ImageError.notAnImage)"
                == "not an image: the bytes begin like no known format (allowed: PNG, JPEG, WebP)")
    }

    @Test("Formats that are not decoded are named", arguments: [ImageFormat.gif, .bmp, .tiff])
    func unsupportedFormat(format: ImageFormat) throws {
        #expect(error(try file(format)) == .unsupportedFormat(format))
        #expect(
            "\(ImageError.unsupportedFormat(format))"
                == "the file is \(format.rawValue), which is not supported (allowed: PNG, JPEG, WebP); convert it first"
        )
    }

    @Test("Formats of the ISO base media family are told by their brand")
    func brands() {
        let head: [UInt8] = [0, 0, 0, 32]
        #expect(error(head + Array("ftypavif".utf8)) == .unsupportedFormat(.avif))
        #expect(error(head + Array("ftypheic".utf8)) == .unsupportedFormat(.heic))
        #expect(error(head + Array("ftypmp42".utf8)) == .notAnImage)
    }

    @Test("A file is truncated wherever it is cut", arguments: ImageFormat.supported)
    func truncated(format: ImageFormat) throws {
        let bytes = try file(format)
        #expect(error(bytes) == nil)
        for length in stride(from: 16, to: bytes.count, by: 7) {
            #expect(error(Array(bytes.prefix(length))) == .truncated(format), "\(length) of \(bytes.count) bytes")
        }
        #expect(
            "\(ImageError.truncated(format))"
                == "the \(format.rawValue) is truncated: its data end before the image does; fetch it again")
    }

    @Test("A header of zero width or height is not decoded")
    func noPixels() throws {
        var png = try file(.png)
        png.replaceSubrange(16..<20, with: [0, 0, 0, 0])
        #expect(error(png) == .noPixels(.png, width: 0, height: 40))
        var jpeg = try file(.jpeg)
        let frame = try #require(jpeg.firstRange(of: [0xFF, 0xC0]))
        jpeg.replaceSubrange(frame.upperBound + 3..<frame.upperBound + 5, with: [0, 0])
        #expect(error(jpeg) == .noPixels(.jpeg, width: 60, height: 0))
    }

    @Test("A decompression bomb is refused by its header alone")
    func tooManyPixels() throws {
        var png = Array(try file(.png).prefix(33))
        png.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        let side = 0x7FFF_FFFF
        #expect(error(png) == .tooManyPixels(width: side, height: side, limit: ImageLimits.standard.maximumPixels))
        let limits = ImageLimits(maximumBytes: 1 << 20, maximumPixels: 60 * 40 - 1)
        for format in ImageFormat.supported {
            #expect(error(try file(format), limits: limits) == .tooManyPixels(width: 60, height: 40, limit: 2399))
        }
    }

    @Test("Limits allow what just fits them")
    func limitsAreInclusive() throws {
        let bytes = try file(.png)
        #expect(error(bytes, limits: ImageLimits(maximumBytes: bytes.count, maximumPixels: 2400)) == nil)
        let limits = ImageLimits(maximumBytes: bytes.count - 1, maximumPixels: 2400)
        #expect(error(bytes, limits: limits) == .tooManyBytes(bytes.count, limit: bytes.count - 1))
    }

    @Test("A PNG whose checksum does not fit is corrupt")
    func corruptPNG() throws {
        var bytes = try file(.png)
        bytes[bytes.count / 2] ^= 0x10
        guard case .corrupt(.png, let reason) = error(bytes) else {
            Issue.record("\(String(describing: error(bytes)))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test("A JPEG whose entropy-coded data are garbled is corrupt")
    func corruptJPEG() throws {
        var bytes = try file(.jpeg)
        for index in bytes.count - 120..<bytes.count - 20 { bytes[index] = 0x7F }
        guard case .corrupt(.jpeg, let reason) = error(bytes) else {
            Issue.record("\(String(describing: error(bytes)))")
            return
        }
        #expect(reason.hasPrefix("Corrupt JPEG data"))
    }

    @Test("A JPEG of 12 bits a channel or without loss is named as such")
    func unsupportedJPEG() throws {
        var bytes = try file(.jpeg)
        let frame = try #require(bytes.firstRange(of: [0xFF, 0xC0]))
        bytes[frame.upperBound + 2] = 12
        #expect(error(bytes) == .unsupportedFeature(.jpeg, feature: "of 12 bits a channel"))
        bytes[frame.lowerBound + 1] = 0xC3
        #expect(error(bytes) == .unsupportedFeature(.jpeg, feature: "lossless or hierarchical"))
    }

    @Test("The format is told by the bytes: names play no part", arguments: ImageFormat.supported)
    func sniffing(format: ImageFormat) throws {
        #expect(ImageFormat(sniffing: try file(format)) == format)
    }

    @Test("Random damage gives pixels or an error, never a crash", arguments: ImageFormat.supported)
    func randomDamage(format: ImageFormat) throws {
        let bytes = try file(format)
        var random = Seeded(state: 11)
        var failures = 0
        for _ in 0..<1500 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let index = Int.random(in: 2..<bytes.count, using: &random)
                damaged[index] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) {
                damaged.removeLast(Int.random(in: 0..<bytes.count, using: &random))
            }
            if error(damaged, limits: ImageLimits(maximumBytes: 1 << 20, maximumPixels: 1 << 20)) != nil {
                failures += 1
            }
        }
        // The PNG's checksums find all of it; of the others, at least the truncated half must fail.
        #expect(failures > (format == .png ? 1400 : 700))
    }
}

/// Steele, Lea and Flood's SplitMix64 (2014): the same damage in every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
