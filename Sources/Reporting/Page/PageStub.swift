internal import Evaluation
internal import Foundation
internal import Moderation

extension Report {
    /// Stands in for the page of branch w-page until it is merged.
    public static func html(_ input: PageInput) -> String {
        let pictures = input.galleries.flatMap { gallery in
            [
                "<h2>\(gallery.label), \(gallery.adapter), \(gallery.fate.rawValue), \(gallery.kind.rawValue): \(gallery.total)</h2>"
            ]
                + gallery.images.map { image in
                    let data = image.thumbnail.map { Data($0.bytes).base64EncodedString() } ?? ""
                    return
                        "<img alt=\"\(image.path)\" title=\"\(image.path) \(image.baseConfidence) \(image.adapterConfidence)\" src=\"data:image/webp;base64,\(data)\">"
                }
        }
        return (["<!doctype html><meta charset=utf-8><body>"] + FigureFile.all(input).map(\.svg) + pictures).joined(
            separator: "\n")
    }
}
