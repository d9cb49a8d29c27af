internal import BaseModel
internal import Foundation
internal import Imaging
internal import Moderation

/// Values that stand in several places of a base-model file; what is wrong with one is added to the findings.
extension YAMLValue {
    func sha256(_ findings: inout [Finding]) -> Digest? {
        guard let text else { return nil }
        let digest = Digest(hexadecimal: text)
        if digest == nil {
            findings.append(Finding("`sha256` is 64 hexadecimal digits, given \(text.count) characters", at: place))
        }
        return digest
    }

    func color(_ findings: inout [Finding]) -> RGBColor? {
        let color = text.flatMap(RGBColor.init(hex:))
        if color == nil {
            findings.append(Finding("`background` is a colour such as \"#ffffff\", given \(given)", at: place))
        }
        return color
    }

    func file(from folder: URL) -> URL? {
        text.map { $0.hasPrefix("/") ? URL(filePath: $0) : folder.appending(path: $0).standardizedFileURL }
    }

    /// How an image enters a network; what is left out is as in `inherited`, or else as the shape says.
    func input(inheriting inherited: BaseModelDescription.Input?, _ findings: inout [Finding])
        -> BaseModelDescription.Input?
    {
        let size = self["size"].map { $0.sides(&findings) } ?? inherited.map { ($0.height, $0.width) }
        let background = self["background"].map { $0.color(&findings) } ?? inherited?.background ?? .white
        guard let name = self["name"]?.text ?? inherited?.name,
            let layout = word(under: "layout") ?? inherited?.layout, let size, let background
        else { return nil }
        return BaseModelDescription.Input(
            name: name, layout: layout, height: size.height, width: size.width,
            fit: word(under: "resize") ?? inherited?.fit ?? .squash,
            filter: word(under: "filter") ?? inherited?.filter ?? .bilinear,
            color: word(under: "color") ?? inherited?.color ?? .rgb, background: background,
            mean: self["mean"]?.elements.compactMap(\.number) ?? inherited?.mean ?? [0, 0, 0],
            deviation: self["deviation"]?.elements.compactMap(\.number) ?? inherited?.deviation ?? [1, 1, 1])
    }

    private func sides(_ findings: inout [Finding]) -> (height: Int, width: Int)? {
        let sides = elements.compactMap(\.integer)
        guard sides.count == 2 else {
            findings.append(Finding("`size` is height and width in pixels, given \(sides.count) numbers", at: place))
            return nil
        }
        return (sides[0], sides[1])
    }

    private func word<Word: RawRepresentable<String>>(under key: String) -> Word? {
        (self[key]?.text).flatMap(Word.init(rawValue:))
    }
}
