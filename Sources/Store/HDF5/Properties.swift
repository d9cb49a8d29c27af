internal import CHDF5
internal import HDF5Shim

/// The property lists and types that make a file the same from run to run and machine to machine.
enum Properties {
    /// Access to a file in memory, closed with all that is open in it.
    static func memoryAccess() throws(HDF5Failure) -> Handle {
        let list = try Handle(H5Pcreate(hdf5_shim_file_access()), "H5Pcreate", close: H5Pclose)
        try HDF5.check(H5Pset_fapl_core(list.id, 1 << 16, false), "H5Pset_fapl_core")
        try HDF5.check(H5Pset_fclose_degree(list.id, H5F_CLOSE_STRONG), "H5Pset_fclose_degree")
        try HDF5.check(H5Pset_libver_bounds(list.id, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "H5Pset_libver_bounds")
        return list
    }

    /// A file without times, with room for `userBlock` bytes before it, and with indexes no larger than our few chunks
    /// and small groups need (1 and 4 in place of 32 and 16: 2 KiB less for each chunked dataset).
    static func fileCreation(userBlock: Int) throws(HDF5Failure) -> Handle {
        let list = try Handle(H5Pcreate(hdf5_shim_file_creation()), "H5Pcreate", close: H5Pclose)
        try HDF5.check(H5Pset_obj_track_times(list.id, false), "H5Pset_obj_track_times")
        try HDF5.check(H5Pset_userblock(list.id, hsize_t(userBlock)), "H5Pset_userblock")
        try HDF5.check(H5Pset_istore_k(list.id, 1), "H5Pset_istore_k")
        try HDF5.check(H5Pset_sym_k(list.id, 1, 4), "H5Pset_sym_k")
        return list
    }

    /// A group without times.
    static func groupCreation() throws(HDF5Failure) -> Handle {
        let list = try Handle(H5Pcreate(hdf5_shim_group_creation()), "H5Pcreate", close: H5Pclose)
        try HDF5.check(H5Pset_obj_track_times(list.id, false), "H5Pset_obj_track_times")
        try HDF5.check(H5Pset_local_heap_size_hint(list.id, 64), "H5Pset_local_heap_size_hint")
        return list
    }

    /// A dataset without times, its chunks and filters chosen by what `array` is.
    static func datasetCreation(for array: StoredArray) throws(HDF5Failure) -> Handle {
        let list = try Handle(H5Pcreate(hdf5_shim_dataset_creation()), "H5Pcreate", close: H5Pclose)
        try HDF5.check(H5Pset_obj_track_times(list.id, false), "H5Pset_obj_track_times")
        let plan = StoragePlan(for: array)
        guard let chunk = plan.chunk else { return list }
        try HDF5.check(H5Pset_chunk(list.id, Int32(chunk.count), chunk.map { hsize_t($0) }), "H5Pset_chunk")
        if plan.shuffles { try HDF5.check(H5Pset_shuffle(list.id), "H5Pset_shuffle") }
        if plan.deflates { try HDF5.check(H5Pset_deflate(list.id, 1), "H5Pset_deflate") }
        try HDF5.check(H5Pset_fletcher32(list.id), "H5Pset_fletcher32")
        return list
    }

    /// UTF-8 text of `width` bytes, padded with zeros; of any length where `width` is nil.
    static func textType(width: Int?) throws(HDF5Failure) -> Handle {
        let type = try Handle(H5Tcopy(hdf5_shim_c_string()), "H5Tcopy", close: H5Tclose)
        try HDF5.check(H5Tset_size(type.id, width ?? hdf5_shim_variable_length()), "H5Tset_size")
        try HDF5.check(H5Tset_cset(type.id, H5T_CSET_UTF8), "H5Tset_cset")
        if width != nil { try HDF5.check(H5Tset_strpad(type.id, H5T_STR_NULLPAD), "H5Tset_strpad") }
        return type
    }

    /// The library's identifier of a number type; nil for text.
    static func numberType(_ type: ElementType) -> hid_t? {
        switch type {
        case .uint8: hdf5_shim_uint8()
        case .int64: hdf5_shim_int64()
        case .float32: hdf5_shim_float32()
        case .float64: hdf5_shim_float64()
        case .text: nil
        }
    }
}
