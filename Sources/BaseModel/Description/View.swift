public import Imaging

/// One way of showing an image to a network: the embeddings of several are averaged, which evens out what does not
/// matter to them.
public enum View: Sendable, Hashable {
    /// The image as it is.
    case plain
    /// Its mirror image.
    case flip
    /// The image without colour.
    case greyscale
    /// On another background: transparent art is composed on it, any other has its uniform background replaced by it.
    case background(RGBColor)
    /// The content alone, in a square with little around it, at so many pixels a side or the input's own size.
    case trim(side: Int?)
    /// The image at so many pixels a side.
    case size(Int)

    /// Pixels a side of the network's input; `nil` for the input's own size.
    public var side: Int? {
        switch self {
        case .trim(let side): side
        case .size(let side): side
        case .plain, .flip, .greyscale, .background: nil
        }
    }
}

extension View: CustomStringConvertible {
    /// The view in words: `background #808080`.
    public var description: String {
        switch self {
        case .plain: "plain"
        case .flip: "flip"
        case .greyscale: "greyscale"
        case .background(let color): "background \(color)"
        case .trim(let side): "trim" + (side.map { " \($0)" } ?? "")
        case .size(let side): "size \(side)"
        }
    }
}

extension View {
    /// What is seen of `image`, before it is fitted to an input; transparent art stands on `background` but where the
    /// view says otherwise.
    func image(of image: DecodedImage, background: RGBColor) -> RGBImage {
        switch self {
        case .plain, .size: image.composed(on: background)
        case .flip: image.composed(on: background).flippedHorizontally()
        case .greyscale: image.composed(on: background).greyscale()
        case .trim: image.composed(on: background).trimmed()
        case .background(let color):
            image.isTransparent
                ? image.composed(on: color) : image.composed(on: background).replacingBackground(with: color)
        }
    }
}
