internal import CHDF5
internal import HDF5Shim

extension FileContent {
    /// The content as an HDF5 file, without its user block of `userBlock` bytes.
    func image(userBlock: Int) throws(HDF5Failure) -> [UInt8] {
        try HDF5.session { () throws(HDF5Failure) in
            let access = try Properties.memoryAccess()
            let creation = try Properties.fileCreation(userBlock: userBlock)
            let file = try Handle(
                H5Fcreate("memory", hdf5_shim_truncate(), creation.id, access.id), "H5Fcreate", close: H5Fclose)
            try ImageWriter(file: file.id).write(self)
            try HDF5.check(H5Fflush(file.id, H5F_SCOPE_GLOBAL), "H5Fflush")
            let size = try HDF5.check(H5Fget_file_image(file.id, nil, 0), "H5Fget_file_image")
            var image = [UInt8](repeating: 0, count: size)
            try HDF5.check(H5Fget_file_image(file.id, &image, size), "H5Fget_file_image")
            return image
        }
    }
}

/// Writes content into an open file.
private struct ImageWriter {
    let file: hid_t

    func write(_ content: FileContent) throws(HDF5Failure) {
        var groups: Set<String> = []
        for key in content.keys where key != FileContent.completeKey {
            try write(key, content, &groups)
        }
        try write(FileContent.completeKey, content, &groups)
    }

    private func write(_ key: String, _ content: FileContent, _ groups: inout Set<String>) throws(HDF5Failure) {
        guard let array = content[key] else { return }
        let place = ContentKey(key)
        for group in place.groups where groups.insert(group).inserted {
            try createGroup(group)
        }
        if let attribute = place.attribute {
            try writeAttribute(attribute, of: place.object, array)
        } else {
            try writeDataset(place.object, array)
        }
    }

    private func createGroup(_ path: String) throws(HDF5Failure) {
        let creation = try Properties.groupCreation()
        _ = try Handle(
            H5Gcreate2(file, path, hid_t(H5P_DEFAULT), creation.id, hid_t(H5P_DEFAULT)), "H5Gcreate2", path,
            close: H5Gclose)
    }

    private func writeAttribute(_ name: String, of object: String, _ array: StoredArray) throws(HDF5Failure) {
        let owner = try Handle(
            H5Oopen(file, object.isEmpty ? "/" : object, hid_t(H5P_DEFAULT)), "H5Oopen", object, close: H5Oclose)
        let space = try dataspace(array.shape)
        try withElements(of: array, fixedWidth: false) { type, elements throws(HDF5Failure) in
            let attribute = try Handle(
                H5Acreate2(owner.id, name, type, space.id, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT)), "H5Acreate2", name,
                close: H5Aclose)
            guard array.count > 0 else { return }
            try HDF5.check(H5Awrite(attribute.id, type, elements), "H5Awrite", name)
        }
    }

    private func writeDataset(_ path: String, _ array: StoredArray) throws(HDF5Failure) {
        let space = try dataspace(array.shape)
        let creation = try Properties.datasetCreation(for: array)
        try withElements(of: array, fixedWidth: true) { type, elements throws(HDF5Failure) in
            let dataset = try Handle(
                H5Dcreate2(file, path, type, space.id, hid_t(H5P_DEFAULT), creation.id, hid_t(H5P_DEFAULT)),
                "H5Dcreate2", path, close: H5Dclose)
            guard array.count > 0 else { return }
            let status = H5Dwrite(
                dataset.id, type, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), elements)
            try HDF5.check(status, "H5Dwrite", path)
        }
    }

    private func dataspace(_ shape: [Int]) throws(HDF5Failure) -> Handle {
        let space =
            shape.isEmpty ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(shape.count), shape.map { hsize_t($0) }, nil)
        return try Handle(space, "H5Screate", close: H5Sclose)
    }

    /// Gives `body` the type and the elements in the form that the library reads.
    private func withElements(
        of array: StoredArray, fixedWidth: Bool, _ body: (hid_t, UnsafeRawPointer?) throws(HDF5Failure) -> Void
    ) throws(HDF5Failure) {
        if let type = Properties.numberType(array.type) {
            try array.bytes.withBytes { (bytes) throws(HDF5Failure) in try body(type, bytes.baseAddress) }
        } else if fixedWidth {
            let (width, padded) = array.padded()
            let type = try Properties.textType(width: width)
            try padded.withBytes { (bytes) throws(HDF5Failure) in try body(type.id, bytes.baseAddress) }
        } else {
            let type = try Properties.textType(width: nil)
            try array.withTextPointers { (pointers) throws(HDF5Failure) in try body(type.id, pointers) }
        }
    }
}

extension [UInt8] {
    /// `withUnsafeBytes` with a typed error.
    fileprivate func withBytes(
        _ body: (UnsafeRawBufferPointer) throws(HDF5Failure) -> Void
    ) throws(HDF5Failure) {
        let result = withUnsafeBytes { bytes in Result { () throws(HDF5Failure) in try body(bytes) } }
        try result.get()
    }
}

extension StoredArray {
    /// Gives `body` an array of pointers to the texts, each ended by a zero.
    fileprivate func withTextPointers(
        _ body: (UnsafeRawPointer?) throws(HDF5Failure) -> Void
    ) throws(HDF5Failure) {
        let starts = [0] + bytes.indices.filter { bytes[$0] == 0 }.map { $0 + 1 }
        try bytes.withBytes { (buffer) throws(HDF5Failure) in
            let pointers = starts.dropLast().map { buffer.baseAddress?.advanced(by: $0) }
            let result = pointers.withUnsafeBytes { bytes in
                Result { () throws(HDF5Failure) in try body(bytes.baseAddress) }
            }
            try result.get()
        }
    }
}
