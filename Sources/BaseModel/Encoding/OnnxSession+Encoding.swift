extension OnnxSession {
    /// Runs the network as `run` does, and refuses outputs that nothing can be computed with.
    func finiteOutputs(
        input: String, elements: [Float], shape: [Int64], outputs: [(name: String, count: Int)]
    ) throws(EncodingError) -> [[Float]] {
        let results: [[Float]]
        do throws(Failure) {
            results = try run(input: input, elements: elements, shape: shape, outputs: outputs)
        } catch {
            throw .runtime(reason: error.reason)
        }
        for (result, output) in zip(results, outputs) where !result.allSatisfy(\.isFinite) {
            throw .notFinite(output: output.name)
        }
        return results
    }
}
