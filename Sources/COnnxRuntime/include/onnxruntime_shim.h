#ifndef MODERATO_ONNXRUNTIME_H
#define MODERATO_ONNXRUNTIME_H

#include <stddef.h>
#include <stdint.h>

// ONNX Runtime through its C interface, opened at run time: its packages for Python carry the shared library but no
// header. Every function that can fail returns NULL, or a message that the caller releases with `onnx_message_free`.

/// An opened library and its environment.
typedef struct onnx_library onnx_library;
/// A model ready to run. One session may run on several threads at once.
typedef struct onnx_session onnx_session;

typedef enum { onnx_input, onnx_output } onnx_direction;

/// A named tensor of a model's signature. A dimension that is free is -1.
typedef struct {
    char *name;
    int isFloat;
    size_t rank;
    int64_t dimensions[8];
} onnx_tensor;

/// Where `count` elements of the output `name` go.
typedef struct {
    const char *name;
    float *elements;
    size_t count;
} onnx_result;

void onnx_message_free(char *message);

/// Opens the shared library at `path`, or the first of that name where the dynamic loader looks.
char *onnx_library_open(const char *path, onnx_library **library);
/// The library's version, such as 1.31.1; owned by the library.
const char *onnx_library_version(const onnx_library *library);
void onnx_library_close(onnx_library *library);

/// Reads the ONNX model in `bytes`, which need not outlive the call, to be run on the calling thread alone.
char *onnx_session_open(onnx_library *library, const void *bytes, size_t count, onnx_session **session);
void onnx_session_close(onnx_session *session);

/// Number of a model's inputs or outputs.
char *onnx_session_count(const onnx_session *session, onnx_direction direction, size_t *count);
/// The input or output at `index`; release its name with `onnx_message_free`.
char *onnx_session_describe(
    const onnx_session *session, onnx_direction direction, size_t index, onnx_tensor *tensor);

/// Runs the model on one tensor of `Float`, and copies each of at most 4 outputs to where its result says.
char *onnx_session_run(
    const onnx_session *session, const char *input, const float *elements, const int64_t *shape, size_t rank,
    const onnx_result *results, size_t resultCount);

#endif
