internal import CHDF5
internal import Synchronization

/// What the HDF5 library would not do: the name of its function and the object concerned.
struct HDF5Failure: Error {
    let description: String
}

/// The door to the HDF5 library.
///
/// Files are built and read in memory (its `core` driver), so that the library never meets a full disk, a lock or a
/// file that changes under it; `AtomicFile` alone writes.
enum HDF5 {
    private static let gate = Mutex<Void>(())

    /// The library must not close itself while another thread is in it, which it would do when the process ends.
    private static let isOpen: Bool = {
        H5dont_atexit()
        return H5open() >= 0
    }()

    /// Runs `body`, in which HDF5 may be called, with the library's own error messages off.
    ///
    /// One thread at a time: Debian's library has such a lock itself, others are built without.
    static func session<Value: Sendable, Failure: Error>(
        _ body: () throws(Failure) -> sending Value
    ) throws(Failure) -> Value {
        try gate.withLock { _ throws(Failure) in
            precondition(isOpen, "the HDF5 library does not start")
            var function: H5E_auto2_t?
            var context: UnsafeMutableRawPointer?
            H5Eget_auto2(hid_t(H5E_DEFAULT), &function, &context)
            H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
            defer { H5Eset_auto2(hid_t(H5E_DEFAULT), function, context) }
            return try body()
        }
    }

    /// Fails where `status`, returned by `call` on `object`, is negative.
    @discardableResult
    static func check<Status: SignedInteger>(
        _ status: Status, _ call: String, _ object: String = ""
    ) throws(HDF5Failure) -> Status {
        guard status >= 0 else { throw HDF5Failure(description: object.isEmpty ? call : "\(call) on \(object)") }
        return status
    }
}

/// An HDF5 identifier, given back at the end of its scope.
struct Handle: ~Copyable {
    let id: hid_t
    private let close: (hid_t) -> herr_t

    /// Owns `id`, which `call` returned for `object`; `close` gives it back.
    init(
        _ id: hid_t, _ call: String, _ object: String = "", close: @escaping (hid_t) -> herr_t
    ) throws(HDF5Failure) {
        self.id = try HDF5.check(id, call, object)
        self.close = close
    }

    deinit { _ = close(id) }
}
