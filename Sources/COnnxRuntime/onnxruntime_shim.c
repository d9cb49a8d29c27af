#include "onnxruntime_shim.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The function table only ever grows at its end (ONNX Runtime's promise of binary compatibility), so a place in it
// keeps its meaning: these are of `OrtApi` in onnxruntime_c_api.h, version 14 (ONNX Runtime 1.14 and later).
enum {
    api_version = 14,
    get_error_message = 2,
    create_environment = 3,
    create_session_from_array = 8,
    run_session = 9,
    create_session_options = 10,
    set_graph_optimization = 23,
    set_intra_op_threads = 24,
    set_inter_op_threads = 25,
    session_input_count = 30,
    session_output_count = 31,
    session_input_type = 33,
    session_output_type = 34,
    session_input_name = 36,
    session_output_name = 37,
    create_tensor_with_data = 49,
    tensor_data = 51,
    tensor_of_type = 55,
    tensor_element_type = 60,
    tensor_rank = 61,
    tensor_dimensions = 62,
    tensor_element_count = 64,
    value_shape = 65,
    create_cpu_memory = 69,
    allocator_free = 76,
    default_allocator = 78,
    release_environment = 92,
    release_status = 93,
    release_memory = 94,
    release_session = 95,
    release_value = 96,
    release_type = 98,
    release_shape = 99,
    release_session_options = 100,
};

// Values of enumerations in the same header.
enum { log_errors_only = 3, optimize_all = 99, arena_allocator = 1, default_memory = 0, element_float = 1 };
enum { maximum_rank = 8, maximum_results = 4 };

typedef struct {
    const void *(*api)(uint32_t version);
    const char *(*version)(void);
} api_base;

typedef void status;

struct onnx_library {
    void *handle;
    const char *version;
    void *const *api;
    void *environment;
};

struct onnx_session {
    const onnx_library *library;
    void *session;
    void *memory;
};

// Calls the function at a place of the table: CALL(library, place, types of its arguments)(arguments).
#define CALL(library, place, ...) ((status * (*)(__VA_ARGS__))(library)->api[place])
#define RELEASE(library, place, object) ((void (*)(void *))(library)->api[place])(object)

static char *copied(const char *text) {
    return strdup(text != NULL ? text : "no reason given");
}

/// The message of `failure`, which is released; NULL for success.
static char *message_of(const onnx_library *library, status *failure) {
    if (failure == NULL) return NULL;
    char *message = copied(((const char *(*)(const status *))library->api[get_error_message])(failure));
    RELEASE(library, release_status, failure);
    return message;
}

void onnx_message_free(char *message) {
    free(message);
}

char *onnx_library_open(const char *path, onnx_library **library) {
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return copied(dlerror());
    const api_base *(*base)(void) = (const api_base *(*)(void))dlsym(handle, "OrtGetApiBase");
    if (base == NULL) {
        dlclose(handle);
        return copied("it is no ONNX Runtime: OrtGetApiBase is missing");
    }
    onnx_library *opened = calloc(1, sizeof *opened);
    if (opened == NULL) return copied("out of memory");
    opened->handle = handle;
    opened->version = base()->version();
    opened->api = base()->api(api_version);
    char *message = opened->api == NULL
        ? copied("it is older than ONNX Runtime 1.14")
        : message_of(opened, CALL(opened, create_environment, int, const char *, void **)(
              log_errors_only, "moderato", &opened->environment));
    if (message != NULL) {
        onnx_library_close(opened);
        return message;
    }
    *library = opened;
    return NULL;
}

const char *onnx_library_version(const onnx_library *library) {
    return library->version;
}

void onnx_library_close(onnx_library *library) {
    if (library->environment != NULL) RELEASE(library, release_environment, library->environment);
    // The library stays loaded: its threads and statics do not outlive being unmapped.
    free(library);
}

/// One thread of each kind: the result does not depend on the number of processors, and callers run in parallel.
static char *make_deterministic(const onnx_library *library, void *options) {
    char *message = message_of(library, CALL(library, set_graph_optimization, void *, int)(options, optimize_all));
    if (message == NULL) message = message_of(library, CALL(library, set_intra_op_threads, void *, int)(options, 1));
    if (message == NULL) message = message_of(library, CALL(library, set_inter_op_threads, void *, int)(options, 1));
    return message;
}

char *onnx_session_open(onnx_library *library, const void *bytes, size_t count, onnx_session **session) {
    onnx_session *opened = calloc(1, sizeof *opened);
    if (opened == NULL) return copied("out of memory");
    opened->library = library;
    void *options = NULL;
    char *message = message_of(library, CALL(library, create_session_options, void **)(&options));
    if (message == NULL) message = make_deterministic(library, options);
    if (message == NULL) {
        message = message_of(library, CALL(library, create_session_from_array, void *, const void *, size_t, void *,
            void **)(library->environment, bytes, count, options, &opened->session));
    }
    if (message == NULL) {
        message = message_of(library, CALL(library, create_cpu_memory, int, int, void **)(
            arena_allocator, default_memory, &opened->memory));
    }
    if (options != NULL) RELEASE(library, release_session_options, options);
    if (message != NULL) {
        onnx_session_close(opened);
        return message;
    }
    *session = opened;
    return NULL;
}

void onnx_session_close(onnx_session *session) {
    if (session->memory != NULL) RELEASE(session->library, release_memory, session->memory);
    if (session->session != NULL) RELEASE(session->library, release_session, session->session);
    free(session);
}

char *onnx_session_count(const onnx_session *session, onnx_direction direction, size_t *count) {
    int place = direction == onnx_input ? session_input_count : session_output_count;
    return message_of(session->library, CALL(session->library, place, void *, size_t *)(session->session, count));
}

/// The name of a tensor, copied out of the library's memory.
static char *describe_name(
    const onnx_session *session, onnx_direction direction, size_t index, onnx_tensor *tensor
) {
    const onnx_library *library = session->library;
    int place = direction == onnx_input ? session_input_name : session_output_name;
    void *allocator = NULL;
    char *name = NULL;
    char *message = message_of(library, CALL(library, default_allocator, void **)(&allocator));
    if (message != NULL) return message;
    message = message_of(library, CALL(library, place, void *, size_t, void *, char **)(
        session->session, index, allocator, &name));
    if (message != NULL) return message;
    tensor->name = copied(name);
    return message_of(library, CALL(library, allocator_free, void *, void *)(allocator, name));
}

/// Element type and dimensions of a tensor; a value that is no tensor has rank 0 and is not of `Float`.
static char *describe_shape(const onnx_library *library, const void *type, onnx_tensor *tensor) {
    const void *shape = NULL;
    int element = 0;
    char *message = message_of(library, CALL(library, tensor_of_type, const void *, const void **)(type, &shape));
    if (message != NULL || shape == NULL) return message;
    message = message_of(library, CALL(library, tensor_element_type, const void *, int *)(shape, &element));
    if (message != NULL) return message;
    message = message_of(library, CALL(library, tensor_rank, const void *, size_t *)(shape, &tensor->rank));
    if (message != NULL) return message;
    if (tensor->rank > maximum_rank) return copied("a tensor of more than 8 dimensions");
    tensor->isFloat = element == element_float;
    return message_of(library, CALL(library, tensor_dimensions, const void *, int64_t *, size_t)(
        shape, tensor->dimensions, tensor->rank));
}

char *onnx_session_describe(
    const onnx_session *session, onnx_direction direction, size_t index, onnx_tensor *tensor
) {
    const onnx_library *library = session->library;
    int place = direction == onnx_input ? session_input_type : session_output_type;
    memset(tensor, 0, sizeof *tensor);
    char *message = describe_name(session, direction, index, tensor);
    void *type = NULL;
    if (message == NULL) {
        message = message_of(library, CALL(library, place, void *, size_t, void **)(session->session, index, &type));
    }
    if (message == NULL) message = describe_shape(library, type, tensor);
    if (type != NULL) RELEASE(library, release_type, type);
    if (message != NULL) {
        free(tensor->name);
        tensor->name = NULL;
    }
    return message;
}

static char *copy_result(const onnx_library *library, void *value, const onnx_result *result) {
    void *shape = NULL;
    size_t count = 0;
    int element = 0;
    float *elements = NULL;
    char *message = message_of(library, CALL(library, value_shape, void *, void **)(value, &shape));
    if (message != NULL) return message;
    message = message_of(library, CALL(library, tensor_element_count, void *, size_t *)(shape, &count));
    if (message == NULL) {
        message = message_of(library, CALL(library, tensor_element_type, void *, int *)(shape, &element));
    }
    RELEASE(library, release_shape, shape);
    if (message != NULL) return message;
    if (count != result->count || element != element_float) {
        char text[160];
        snprintf(text, sizeof text, "output %.60s has %zu elements of type %d, not %zu of type %d", result->name,
            count, element, result->count, element_float);
        return copied(text);
    }
    message = message_of(library, CALL(library, tensor_data, void *, void **)(value, (void **)&elements));
    if (message == NULL) memcpy(result->elements, elements, count * sizeof *elements);
    return message;
}

char *onnx_session_run(
    const onnx_session *session, const char *input, const float *elements, const int64_t *shape, size_t rank,
    const onnx_result *results, size_t resultCount
) {
    const onnx_library *library = session->library;
    if (resultCount > maximum_results) return copied("more than 4 outputs asked for");
    size_t bytes = sizeof *elements;
    for (size_t axis = 0; axis < rank; axis++) bytes *= (size_t)shape[axis];
    void *tensor = NULL;
    // A tensor takes its data as mutable, but running a network leaves its inputs alone.
    char *message = message_of(library, CALL(library, create_tensor_with_data, void *, void *, size_t, const int64_t *,
        size_t, int, void **)(session->memory, (void *)elements, bytes, shape, rank, element_float, &tensor));
    if (message != NULL) return message;
    const char *names[maximum_results];
    void *values[maximum_results] = {NULL};
    for (size_t index = 0; index < resultCount; index++) names[index] = results[index].name;
    message = message_of(library, CALL(library, run_session, void *, void *, const char *const *, void *const *, size_t,
        const char *const *, size_t, void **)(session->session, NULL, &input, &tensor, 1, names, resultCount, values));
    for (size_t index = 0; index < resultCount && message == NULL; index++) {
        message = copy_result(library, values[index], &results[index]);
    }
    for (size_t index = 0; index < resultCount; index++) {
        if (values[index] != NULL) RELEASE(library, release_value, values[index]);
    }
    RELEASE(library, release_value, tensor);
    return message;
}
