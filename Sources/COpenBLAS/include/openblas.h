// OpenBLAS, opened at run time under a fixed kernel policy, so that the same product gives the same bits in every
// process: one thread, and the core type chosen here, whatever the environment says. The library reads both from the
// environment while it is loaded and never again, which is why it is not linked.

#ifndef MODERATO_OPENBLAS_H
#define MODERATO_OPENBLAS_H

#include <stdbool.h>

/// How opening the library ended.
typedef enum {
    MODERATO_BLAS_READY = 0,
    /// `dlopen` failed; `message` holds its words.
    MODERATO_BLAS_MISSING,
    /// A function is not in the library; `message` holds its name.
    MODERATO_BLAS_INCOMPLETE,
    /// The OpenMP build, whose thread count belongs to each calling thread and cannot be fixed for all.
    MODERATO_BLAS_OPENMP,
} moderato_blas_status;

/// What was found after opening.
typedef struct {
    moderato_blas_status status;
    /// The environment of the load asked for this core type; empty where the library detects it.
    char asked_core[32];
    /// The core type whose kernels run.
    char core[32];
    /// Version and build options, in the library's words.
    char configuration[256];
    /// Threads that one call uses.
    int threads;
    /// Somebody had loaded the library before, so that its core type was not ours to choose.
    bool was_loaded;
    char message[256];
} moderato_blas_report;

/// Opens `libopenblas.so.0` with one thread and, where the CPU has AVX2 and FMA, the Haswell kernels, or, where `native`,
/// those that the library detects as the fastest. The environment is put back afterwards. Not thread-safe: call it once.
moderato_blas_report moderato_blas_open(bool native);

// Row-major products, after CBLAS; `transpose` flags say whether the factor is used transposed.

/// C[m x n] = A[m x k] B[k x n].
void moderato_sgemm(
    bool transpose_a, bool transpose_b, int m, int n, int k, const float *a, int lda, const float *b, int ldb, float *c,
    int ldc);
/// The same in double precision.
void moderato_dgemm(
    bool transpose_a, bool transpose_b, int m, int n, int k, const double *a, int lda, const double *b, int ldb,
    double *c, int ldc);
/// The lower triangle of C[n x n] = A Aᵀ for A[n x k], or Aᵀ A for A[k x n] where `transpose`.
void moderato_ssyrk(bool transpose, int n, int k, const float *a, int lda, float *c, int ldc);

/// The lower triangle of C[n x n] = beta C + A Aᵀ for A[n x k], or beta C + Aᵀ A for A[k x n] where `transpose`.
void moderato_dsyrk(bool transpose, int n, int k, const double *a, int lda, double beta, double *c, int ldc);
/// y = A x for the symmetric A[n x n] of which the lower triangle is read.
void moderato_dsymv(int n, const double *a, int lda, const double *x, double *y);

// LAPACK on the lower triangle of a row-major matrix of order `n`; those that can fail answer LAPACK's `info`.

/// A = L Lᵀ in place; a positive answer is the 1-based pivot that is not positive.
int moderato_dpotrf(int n, double *a);
/// Solves L Lᵀ x = b in place for `count` right-hand sides that follow each other.
int moderato_dpotrs(int n, int count, const double *l, double *b);
/// The lower triangle of (L Lᵀ)⁻¹ in place of L.
int moderato_dpotri(int n, double *l);
/// A = Vᵀ diag(values) V for the rows of V, which take the place of A; a positive answer says that it did not converge.
int moderato_dsyevd(int n, double *a, double *values);
/// A = Q T Qᵀ for a tridiagonal T, of which `diagonal` gets n elements and `beside` n - 1; `a` and the n - 1 `scales` get Q
/// as reflections. `work` has `size` elements, n times the columns that are reflected together.
void moderato_dsytrd(int n, double *a, double *diagonal, double *beside, double *scales, double *work, int size);
/// Qᵀ, row-major, in place of the reflections in `a` and `scales`.
void moderato_dorgtr(int n, double *a, const double *scales, double *work, int size);
#endif
