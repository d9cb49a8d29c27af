import Foundation
import Reporting
import TestSupport

/// Small pictures as Pillow makes them.
enum Pictures {
    /// One of 160 x 120 pixels.
    static func one() throws -> Gallery.Thumbnail { try make(count: 1, noise: 4)[0] }

    /// Some of about 5 kB each.
    static func many() throws -> [Gallery.Thumbnail] { try make(count: 50, noise: 25) }

    private static func make(count: Int, noise: Double) throws -> [Gallery.Thumbnail] {
        let files = try Oracle.run(
            """
            import base64, io
            from PIL import Image
            def picture(place):
                noise = Image.effect_noise((160, 120), input[1]).convert("RGB")
                file = io.BytesIO()
                Image.blend(noise, Image.linear_gradient("L").resize((160, 120)).convert("RGB"), 0.5).save(
                    file, "WEBP", quality=70)
                return base64.b64encode(file.getvalue()).decode()
            answer([picture(place) for place in range(int(input[0]))])
            """, input: [Double(count), noise], as: [Data].self)
        return files.map { .init(width: 160, height: 120, mediaType: "image/webp", bytes: Array($0)) }
    }
}
