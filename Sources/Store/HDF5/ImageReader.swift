internal import CHDF5
internal import HDF5Shim

extension FileContent {
    /// Reads all that an HDF5 file says; `file` is the whole file, user block included.
    ///
    /// The library trusts what it reads (it may crash on damaged metadata): check the bytes' digest before.
    init(file: [UInt8]) throws(HDF5Failure) {
        self = try HDF5.session { () throws(HDF5Failure) in
            let access = try Properties.memoryAccess()
            var bytes = file
            try HDF5.check(H5Pset_file_image(access.id, &bytes, bytes.count), "H5Pset_file_image")
            let handle = try Handle(
                H5Fopen("memory", hdf5_shim_read_only(), access.id), "H5Fopen", close: H5Fclose)
            var reader = ImageReader(limit: file.count)
            try reader.readGroup(handle.id, path: "")
            return reader.content
        }
    }
}

/// Collects what is in an open file.
private struct ImageReader {
    var content = FileContent()
    /// No array is larger: deflate never shrinks more than 1032-fold.
    private let largestArray: Int
    /// No layout nests groups deeper; a group that contains itself does.
    private static let deepestGroup = 8

    init(limit fileBytes: Int) {
        largestArray = fileBytes * 1032
    }

    mutating func readGroup(_ file: hid_t, path: String) throws(HDF5Failure) {
        guard path.utf8.count(where: { $0 == UInt8(ascii: "/") }) < ImageReader.deepestGroup else {
            throw HDF5Failure(description: "\(path) is nested too deep")
        }
        let group = try Handle(
            H5Oopen(file, path.isEmpty ? "/" : path, hid_t(H5P_DEFAULT)), "H5Oopen", path, close: H5Oclose)
        try readAttributes(of: group.id, path: path)
        var information = H5G_info_t()
        try HDF5.check(H5Gget_info(group.id, &information), "H5Gget_info", path)
        for index in 0..<information.nlinks {
            let name = try linkName(group.id, index)
            try readObject(file, path: path.isEmpty ? name : "\(path)/\(name)")
        }
    }

    private mutating func readObject(_ file: hid_t, path: String) throws(HDF5Failure) {
        let object = try Handle(H5Oopen(file, path, hid_t(H5P_DEFAULT)), "H5Oopen", path, close: H5Oclose)
        switch H5Iget_type(object.id) {
        case H5I_GROUP: try readGroup(file, path: path)
        case H5I_DATASET: content[path] = try readDataset(object.id, path)
        default: throw HDF5Failure(description: "\(path) is neither group nor dataset")
        }
    }

    private mutating func readAttributes(of object: hid_t, path: String) throws(HDF5Failure) {
        let count = try HDF5.check(H5Aget_num_attrs(object), "H5Aget_num_attrs", path)
        for index in 0..<count {
            let attribute = try Handle(
                H5Aopen_by_idx(
                    object, ".", H5_INDEX_NAME, H5_ITER_INC, hsize_t(index), hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT)),
                "H5Aopen_by_idx", path, close: H5Aclose)
            let name = try text("H5Aget_name") { buffer, size in H5Aget_name(attribute.id, size, buffer) }
            let type = try Handle(H5Aget_type(attribute.id), "H5Aget_type", name, close: H5Tclose)
            let space = try Handle(H5Aget_space(attribute.id), "H5Aget_space", name, close: H5Sclose)
            content["\(path)@\(name)"] = try read(type.id, space.id, name) { H5Aread(attribute.id, $0, $1) }
        }
    }

    private func readDataset(_ dataset: hid_t, _ path: String) throws(HDF5Failure) -> StoredArray {
        let type = try Handle(H5Dget_type(dataset), "H5Dget_type", path, close: H5Tclose)
        let space = try Handle(H5Dget_space(dataset), "H5Dget_space", path, close: H5Sclose)
        return try read(type.id, space.id, path) { type, buffer in
            H5Dread(dataset, type, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), buffer)
        }
    }

    /// Reads the elements of `type` and `space` that `call` puts into a buffer.
    private func read(
        _ type: hid_t, _ space: hid_t, _ name: String, _ call: (hid_t, UnsafeMutableRawPointer?) -> herr_t
    ) throws(HDF5Failure) -> StoredArray {
        let shape = try shape(of: space, name)
        let element = try elementType(type, name)
        let isVariable = H5Tis_variable_str(type) > 0
        let width = isVariable ? MemoryLayout<UnsafeMutablePointer<CChar>?>.stride : H5Tget_size(type)
        let size = shape.reduce((width, false)) { product, dimension in
            let (value, overflow) = product.0.multipliedReportingOverflow(by: dimension)
            return (value, overflow || product.1)
        }
        guard !size.1, size.0 <= largestArray else {
            throw HDF5Failure(description: "\(name) claims \(shape) elements, more than its file can hold")
        }
        let bytes = try fill(size.0, name) { call(type, $0) }
        guard element == .text else { return StoredArray(type: element, shape: shape, bytes: bytes) }
        return isVariable
            ? StoredArray(type: .text, shape: shape, bytes: takeTexts(bytes))
            : StoredArray(shape: shape, padded: bytes, width: width)
    }

    private func fill(
        _ size: Int, _ name: String, _ call: (UnsafeMutableRawPointer?) -> herr_t
    ) throws(HDF5Failure) -> [UInt8] {
        guard size > 0 else { return [] }
        var status: herr_t = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            buffer.initialize(repeating: 0)
            status = call(buffer.baseAddress)
            filled = size
        }
        try HDF5.check(status, "reading", name)
        return bytes
    }

    private func shape(of space: hid_t, _ name: String) throws(HDF5Failure) -> [Int] {
        let rank = try HDF5.check(H5Sget_simple_extent_ndims(space), "H5Sget_simple_extent_ndims", name)
        var dimensions = [hsize_t](repeating: 0, count: Int(rank))
        try HDF5.check(H5Sget_simple_extent_dims(space, &dimensions, nil), "H5Sget_simple_extent_dims", name)
        return dimensions.map { Int(clamping: $0) }
    }

    private func elementType(_ type: hid_t, _ name: String) throws(HDF5Failure) -> ElementType {
        if H5Tget_class(type) == H5T_STRING { return .text }
        for candidate in [ElementType.uint8, .int64, .float32, .float64] {
            if let number = Properties.numberType(candidate), H5Tequal(type, number) > 0 { return candidate }
        }
        throw HDF5Failure(description: "\(name) is of a type that no layout has")
    }

    /// Copies the texts that the library allocated, whose addresses `pointers` holds, and gives them back to it.
    private func takeTexts(_ pointers: [UInt8]) -> [UInt8] {
        pointers.withUnsafeBytes { buffer in
            var bytes: [UInt8] = []
            for pointer in buffer.bindMemory(to: UnsafeMutablePointer<CChar>?.self) {
                if let pointer { bytes.append(contentsOf: String(cString: pointer).utf8) }
                bytes.append(0)
                H5free_memory(pointer)
            }
            return bytes
        }
    }

    private func linkName(_ group: hid_t, _ index: hsize_t) throws(HDF5Failure) -> String {
        try text("H5Lget_name_by_idx") { buffer, size in
            H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, index, buffer, size, hid_t(H5P_DEFAULT))
        }
    }

    /// The text that `call` writes into a buffer of a size, returning its length.
    private func text(
        _ function: String, _ call: (UnsafeMutablePointer<CChar>?, Int) -> Int
    ) throws(HDF5Failure) -> String {
        let length = try HDF5.check(call(nil, 0), function)
        var buffer = [CChar](repeating: 0, count: length + 1)
        try HDF5.check(call(&buffer, buffer.count), function)
        return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
