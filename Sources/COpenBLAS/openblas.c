#define _GNU_SOURCE
#include "openblas.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const library_name = "libopenblas.so.0";

// CBLAS's constants.
enum { row_major = 101, no_transpose = 111, with_transpose = 112, lower = 122 };

// Fortran passes the length of each character argument after all others. What is the lower triangle of a row-major
// matrix is the upper one, "U", in Fortran's column-major eyes.
typedef size_t length;

static struct {
    void (*sgemm)(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);
    void (*dgemm)(
        int, int, int, int, int, int, double, const double *, int, const double *, int, double, double *, int);
    void (*ssyrk)(int, int, int, int, int, float, const float *, int, float, float *, int);
    void (*dsyrk)(int, int, int, int, int, double, const double *, int, double, double *, int);
    void (*dsymv)(int, int, int, double, const double *, int, const double *, int, double, double *, int);
    void (*dpotrf)(const char *, const int *, double *, const int *, int *, length);
    void (*dpotrs)(
        const char *, const int *, const int *, const double *, const int *, double *, const int *, int *, length);
    void (*dpotri)(const char *, const int *, double *, const int *, int *, length);
    void (*dsyevd)(
        const char *, const char *, const int *, double *, const int *, double *, double *, const int *, int *,
        const int *, int *, length, length);
    void (*dsytrd)(
        const char *, const int *, double *, const int *, double *, double *, double *, double *, const int *, int *,
        length);
    void (*dorgtr)(
        const char *, const int *, double *, const int *, const double *, double *, const int *, int *, length);
    int (*get_num_threads)(void);
    void (*set_num_threads)(int);
    int (*get_parallel)(void);
    char *(*get_corename)(void);
    char *(*get_config)(void);
} blas;

static const struct {
    const char *name;
    void **slot;
} functions[] = {
    {"cblas_sgemm", (void **)&blas.sgemm},
    {"cblas_dgemm", (void **)&blas.dgemm},
    {"cblas_ssyrk", (void **)&blas.ssyrk},
    {"cblas_dsyrk", (void **)&blas.dsyrk},
    {"cblas_dsymv", (void **)&blas.dsymv},
    {"dpotrf_", (void **)&blas.dpotrf},
    {"dpotrs_", (void **)&blas.dpotrs},
    {"dpotri_", (void **)&blas.dpotri},
    {"dsyevd_", (void **)&blas.dsyevd},
    {"dsytrd_", (void **)&blas.dsytrd},
    {"dorgtr_", (void **)&blas.dorgtr},
    {"openblas_get_num_threads", (void **)&blas.get_num_threads},
    {"openblas_set_num_threads", (void **)&blas.set_num_threads},
    {"openblas_get_parallel", (void **)&blas.get_parallel},
    {"openblas_get_corename", (void **)&blas.get_corename},
    {"openblas_get_config", (void **)&blas.get_config},
};

static const char *wanted_core(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
    return NULL;
}

// Sets or, for a null `value`, removes a variable, and answers a copy of what it was.
static char *exchange(const char *name, const char *value) {
    const char *before = getenv(name);
    char *copy = before ? strdup(before) : NULL;
    if (value) {
        setenv(name, value, 1);
    } else {
        unsetenv(name);
    }
    return copy;
}

static void restore(const char *name, char *value) {
    free(exchange(name, value));
    free(value);
}

static void *open_with_policy(const char *core) {
    char *threads_before = exchange("OPENBLAS_NUM_THREADS", "1");
    char *core_before = exchange("OPENBLAS_CORETYPE", core);
    void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    restore("OPENBLAS_CORETYPE", core_before);
    restore("OPENBLAS_NUM_THREADS", threads_before);
    return library;
}

static moderato_blas_report failed(moderato_blas_report report, moderato_blas_status status, const char *message) {
    report.status = status;
    snprintf(report.message, sizeof report.message, "%s", message);
    return report;
}

moderato_blas_report moderato_blas_open(bool native) {
    moderato_blas_report report = {.status = MODERATO_BLAS_READY};
    const char *core = native ? NULL : wanted_core();
    snprintf(report.asked_core, sizeof report.asked_core, "%s", core ? core : "");

    report.was_loaded = dlopen(library_name, RTLD_NOW | RTLD_NOLOAD) != NULL;
    void *library = open_with_policy(core);
    if (!library) return failed(report, MODERATO_BLAS_MISSING, dlerror());
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        *functions[i].slot = dlsym(library, functions[i].name);
        if (!*functions[i].slot) return failed(report, MODERATO_BLAS_INCOMPLETE, functions[i].name);
    }
    snprintf(report.configuration, sizeof report.configuration, "%s", blas.get_config());
    if (blas.get_parallel() == 2) return failed(report, MODERATO_BLAS_OPENMP, report.configuration);

    if (blas.get_num_threads() != 1) blas.set_num_threads(1);
    report.threads = blas.get_num_threads();
    snprintf(report.core, sizeof report.core, "%s", blas.get_corename());
    return report;
}

static int transposed(bool flag) { return flag ? with_transpose : no_transpose; }

void moderato_sgemm(
    bool transpose_a, bool transpose_b, int m, int n, int k, const float *a, int lda, const float *b, int ldb, float *c,
    int ldc) {
    blas.sgemm(
        row_major, transposed(transpose_a), transposed(transpose_b), m, n, k, 1, a, lda, b, ldb, 0, c, ldc);
}

void moderato_dgemm(
    bool transpose_a, bool transpose_b, int m, int n, int k, const double *a, int lda, const double *b, int ldb,
    double *c, int ldc) {
    blas.dgemm(
        row_major, transposed(transpose_a), transposed(transpose_b), m, n, k, 1, a, lda, b, ldb, 0, c, ldc);
}

void moderato_ssyrk(bool transpose, int n, int k, const float *a, int lda, float *c, int ldc) {
    blas.ssyrk(row_major, lower, transposed(transpose), n, k, 1, a, lda, 0, c, ldc);
}

void moderato_dsyrk(bool transpose, int n, int k, const double *a, int lda, double beta, double *c, int ldc) {
    blas.dsyrk(row_major, lower, transposed(transpose), n, k, 1, a, lda, beta, c, ldc);
}

void moderato_dsymv(int n, const double *a, int lda, const double *x, double *y) {
    blas.dsymv(row_major, lower, n, 1, a, lda, x, 1, 0, y, 1);
}

int moderato_dpotrf(int n, double *a) {
    int info = 0;
    blas.dpotrf("U", &n, a, &n, &info, 1);
    return info;
}

int moderato_dpotrs(int n, int count, const double *l, double *b) {
    int info = 0;
    blas.dpotrs("U", &n, &count, l, &n, b, &n, &info, 1);
    return info;
}

int moderato_dpotri(int n, double *l) {
    int info = 0;
    blas.dpotri("U", &n, l, &n, &info, 1);
    return info;
}

int moderato_dsyevd(int n, double *a, double *values) {
    int info = 0, size = -1, integer_size = -1, integer_needed = 0;
    double needed = 0;
    blas.dsyevd("V", "U", &n, a, &n, values, &needed, &size, &integer_needed, &integer_size, &info, 1, 1);
    if (info) return info;
    size = (int)needed;
    integer_size = integer_needed;
    double *work = malloc((size_t)size * sizeof *work);
    int *integers = malloc((size_t)integer_size * sizeof *integers);
    if (!work || !integers) abort();
    blas.dsyevd("V", "U", &n, a, &n, values, work, &size, integers, &integer_size, &info, 1, 1);
    free(work);
    free(integers);
    return info;
}

void moderato_dsytrd(int n, double *a, double *diagonal, double *beside, double *scales, double *work, int size) {
    int info = 0;
    blas.dsytrd("U", &n, a, &n, diagonal, beside, scales, work, &size, &info, 1);
}

void moderato_dorgtr(int n, double *a, const double *scales, double *work, int size) {
    int info = 0;
    blas.dorgtr("U", &n, a, &n, scales, work, &size, &info, 1);
}
