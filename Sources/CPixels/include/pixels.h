#ifndef MODERATO_PIXELS_H
#define MODERATO_PIXELS_H

#include <stddef.h>
#include <stdint.h>

// The loops over pixels that an image spends its time in, in C because Swift compiles for the oldest processor only: these
// are compiled twice, and the processor at hand decides. All is integer arithmetic, so both give the same bytes.

/// Along one axis, the pixels that make each new one: pixel `index` is the sum of `counts[index]` old ones from
/// `starts[index]` on, times the weights from `index * stride` on, which have `PIXELS_FRACTION_BITS` of fraction.
typedef struct {
    const ptrdiff_t *starts;
    const ptrdiff_t *counts;
    const int32_t *weights;
    ptrdiff_t stride;
    ptrdiff_t count;
} pixels_taps;

enum { PIXELS_FRACTION_BITS = 22 };

/// Makes `rows` rows of `taps.count` RGB pixels of as many rows of `width`, rounded to nearest and cut to 0 ... 255.
///
/// Reads one byte beyond the last pixel of `source`.
void pixels_resample_rows(const uint8_t *source, ptrdiff_t width, ptrdiff_t rows, pixels_taps taps, uint8_t *target);

/// Makes `taps.count` rows of `length` bytes of the rows of `source`, rounded likewise; `sums` holds `length` numbers
/// meanwhile.
void pixels_resample_columns(
    const uint8_t *source, ptrdiff_t length, pixels_taps taps, int32_t *sums, uint8_t *target);

/// Composes `count` pixels of RGBA, not premultiplied, over a colour: Porter and Duff's "over" (1984) in byte space,
/// rounded to nearest.
void pixels_compose(
    const uint8_t *source, ptrdiff_t count, uint8_t red, uint8_t green, uint8_t blue, uint8_t *target);

#endif
