internal import Foundation
internal import Imaging

/// One network of an embedding: an image's views in, the mean of their embeddings out.
struct ViewEncoder: Sendable {
    /// Elements of the vector.
    let dimensions: Int

    private let description: EncoderDescription
    private let session: OnnxSession
    /// How each view becomes the network's input.
    private let tensors: [InputTensor]

    /// Opens the network that `description` declares, after comparing it with its file.
    init(_ description: EncoderDescription, runtime: OnnxRuntime) throws(BaseModelError) {
        let file = NetworkFile(file: description.file, sha256: description.sha256, install: description.install)
        session = try file.open(runtime)
        tensors = description.views.map { InputTensor(description.input.sized($0.side)) }
        let signature = Signature(session)
        for tensor in tensors { try signature.checkInput(named: description.input.name, shape: tensor.shape) }
        dimensions = try signature.output(named: description.output).count
        self.description = description
    }

    /// `[dimensions]`: embeddings are added up in the order of the views and divided by their number, in single
    /// precision, so that one view alone keeps its bits.
    func vector(of image: DecodedImage) throws(EncodingError) -> [Float] {
        var sum = [Float](repeating: 0, count: dimensions)
        for (view, tensor) in zip(description.views, tensors) {
            let seen = view.image(of: image, background: description.input.background)
            let embedding = try session.finiteOutputs(
                input: description.input.name, elements: tensor.elements(of: seen), shape: tensor.shape,
                outputs: [(description.output, dimensions)])[0]
            for index in sum.indices { sum[index] += embedding[index] }
        }
        let mean = sum.map { $0 / Float(tensors.count) }
        guard mean.contains(where: { $0 != 0 }) else { throw .zeroEmbedding }
        return mean
    }
}

extension BaseModelDescription.Input {
    /// The same input at another size, if one is given.
    fileprivate func sized(_ side: Int?) -> Self {
        guard let side else { return self }
        var input = self
        (input.height, input.width) = (side, side)
        return input
    }
}
