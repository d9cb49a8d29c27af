internal import Moderation

/// A network's inputs and outputs, compared with what a description says of them.
struct Signature {
    private let session: OnnxSession

    init(_ session: OnnxSession) {
        self.session = session
    }

    /// Names and sizes of the embedding and of the scores, once all of `description` fits the network.
    func outputs(
        for description: BaseModelDescription, inputShape: [Int64]
    ) throws(BaseModelError) -> [(name: String, count: Int)] {
        try checkInput(named: description.input.name, shape: inputShape)
        let embedding = try output(named: description.outputs.embedding)
        let scores = try output(named: description.outputs.scores)
        for (label, places) in description.labels.sorted(by: { $0.key < $1.key }) {
            if let place = places.first(where: { $0 >= scores.count }) {
                throw .indexOutOfRange(label: label, index: place, count: scores.count)
            }
        }
        return [embedding, scores]
    }

    /// Refuses a network that does not take one image of `shape` as its only input, under `name`.
    func checkInput(named name: String, shape: [Int64]) throws(BaseModelError) {
        let input = try tensor(named: name, among: session.inputs, isInput: true)
        let others = session.inputs.map(\.name).filter { $0 != name }
        guard others.isEmpty else { throw .otherInputs(others) }
        let fits = input.shape.count == shape.count && zip(input.shape, shape).allSatisfy { $0 == -1 || $0 == $1 }
        guard fits else { throw .wrongShape(name: name, expected: "\(shape)", actual: input.shape) }
    }

    /// An output of one image: a batch axis of 1 or free, then axes of fixed size.
    func output(named name: String) throws(BaseModelError) -> (name: String, count: Int) {
        let output = try tensor(named: name, among: session.outputs, isInput: false)
        let sizes = output.shape.dropFirst()
        let isOneImage = output.shape.first == 1 || output.shape.first == -1
        guard isOneImage, !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
            throw .wrongShape(name: name, expected: "1 image of a fixed number of elements", actual: output.shape)
        }
        return (name, Int(sizes.reduce(1, *)))
    }

    private func tensor(
        named name: String, among tensors: [OnnxSession.Tensor], isInput: Bool
    ) throws(BaseModelError) -> OnnxSession.Tensor {
        guard let tensor = tensors.first(where: { $0.name == name }) else {
            throw .noSuchTensor(name: name, isInput: isInput, available: tensors.map(\.name))
        }
        guard tensor.isFloat else { throw .wrongElements(name: name) }
        return tensor
    }
}
