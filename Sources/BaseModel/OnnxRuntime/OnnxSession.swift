internal import COnnxRuntime
internal import Foundation

/// A network ready to run; several threads may run it at once.
final class OnnxSession: @unchecked Sendable {
    /// Why ONNX Runtime did not do what it was asked, in its own words.
    struct Failure: Error {
        let reason: String
    }

    /// A named input or output of the network.
    struct Tensor {
        let name: String
        let isFloat: Bool
        /// Sizes of the axes, -1 where one is free.
        let shape: [Int64]
    }

    let inputs: [Tensor]
    let outputs: [Tensor]

    // Neither changes after `init`; ONNX Runtime lets several threads run one session.
    private let session: OpaquePointer
    private let runtime: OnnxRuntime

    /// Opens the ONNX model in `bytes`.
    init(_ runtime: OnnxRuntime, model bytes: Data) throws(Failure) {
        var opened: OpaquePointer?
        let reason = bytes.withUnsafeBytes {
            Message.taking(onnx_session_open(runtime.library, $0.baseAddress, $0.count, &opened))
        }
        guard let opened else { throw Failure(reason: reason ?? "no reason given") }
        do throws(Failure) {
            inputs = try OnnxSession.tensors(of: opened, onnx_input)
            outputs = try OnnxSession.tensors(of: opened, onnx_output)
        } catch {
            onnx_session_close(opened)
            throw error
        }
        session = opened
        self.runtime = runtime
    }

    deinit { onnx_session_close(session) }

    /// Runs the network on `elements`, a tensor of `shape`, and returns each of `outputs`: so many elements of that name.
    func run(
        input: String, elements: [Float], shape: [Int64], outputs: [(name: String, count: Int)]
    ) throws(Failure) -> [[Float]] {
        var flat = [Float](repeating: 0, count: outputs.reduce(0) { $0 + $1.count })
        let names = outputs.map { strdup($0.name) }
        defer { names.forEach { free($0) } }
        let reason = flat.withUnsafeMutableBufferPointer { buffer in
            var start = 0
            let results = zip(names, outputs).map { name, output in
                defer { start += output.count }
                return onnx_result(
                    name: name, elements: buffer.baseAddress?.advanced(by: start), count: output.count)
            }
            return Message.taking(
                onnx_session_run(session, input, elements, shape, shape.count, results, results.count))
        }
        if let reason { throw Failure(reason: reason) }
        var start = 0
        return outputs.map { output in
            defer { start += output.count }
            return Array(flat[start..<start + output.count])
        }
    }

    private static func tensors(
        of session: OpaquePointer, _ direction: onnx_direction
    ) throws(Failure) -> [Tensor] {
        var count = 0
        if let reason = Message.taking(onnx_session_count(session, direction, &count)) {
            throw Failure(reason: reason)
        }
        var tensors: [Tensor] = []
        for index in 0..<count {
            var tensor = onnx_tensor()
            if let reason = Message.taking(onnx_session_describe(session, direction, index, &tensor)) {
                throw Failure(reason: reason)
            }
            let shape = withUnsafeBytes(of: tensor.dimensions) { Array($0.bindMemory(to: Int64.self)) }
            tensors.append(
                Tensor(
                    name: Message.taking(tensor.name) ?? "", isFloat: tensor.isFloat != 0,
                    shape: Array(shape.prefix(tensor.rank))))
        }
        return tensors
    }
}
