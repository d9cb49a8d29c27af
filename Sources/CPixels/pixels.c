#include "pixels.h"

#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

// Red, green, blue and whatever comes next of one pixel, side by side.
typedef int32_t pixel __attribute__((vector_size(16)));
typedef uint8_t packed_pixel __attribute__((vector_size(4)));

// What a sum begins with, so that cutting its fraction off rounds it to nearest.
enum { half = 1 << (PIXELS_FRACTION_BITS - 1) };

static inline pixel load(const uint8_t *bytes) {
    packed_pixel packed;
    memcpy(&packed, bytes, sizeof packed);
    return __builtin_convertvector(packed, pixel);
}

static inline uint8_t clamped(int32_t sum) {
    int32_t value = sum >> PIXELS_FRACTION_BITS;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static inline void store(pixel sum, uint8_t *bytes) {
    pixel none = {0, 0, 0, 0}, most = {255, 255, 255, 255};
    pixel value = __builtin_elementwise_max(none, __builtin_elementwise_min(most, sum >> PIXELS_FRACTION_BITS));
    packed_pixel packed = __builtin_convertvector(value, packed_pixel);
    memcpy(bytes, &packed, 3);
}

FOR_EACH_PROCESSOR
void pixels_resample_rows(const uint8_t *source, ptrdiff_t width, ptrdiff_t rows, pixels_taps taps, uint8_t *target) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        for (ptrdiff_t index = 0; index < taps.count; index++) {
            const uint8_t *bytes = source + 3 * (row * width + taps.starts[index]);
            const int32_t *weights = taps.weights + index * taps.stride;
            pixel sum = {half, half, half, 0};
            for (ptrdiff_t tap = 0; tap < taps.counts[index]; tap++) sum += load(bytes + 3 * tap) * weights[tap];
            store(sum, target);
            target += 3;
        }
    }
}

FOR_EACH_PROCESSOR
void pixels_resample_columns(
    const uint8_t *source, ptrdiff_t length, pixels_taps taps, int32_t *sums, uint8_t *target
) {
    for (ptrdiff_t index = 0; index < taps.count; index++) {
        for (ptrdiff_t place = 0; place < length; place++) sums[place] = half;
        for (ptrdiff_t tap = 0; tap < taps.counts[index]; tap++) {
            const uint8_t *row = source + (taps.starts[index] + tap) * length;
            int32_t weight = taps.weights[index * taps.stride + tap];
            for (ptrdiff_t place = 0; place < length; place++) sums[place] += row[place] * weight;
        }
        for (ptrdiff_t place = 0; place < length; place++) *target++ = clamped(sums[place]);
    }
}

FOR_EACH_PROCESSOR
void pixels_compose(
    const uint8_t *source, ptrdiff_t count, uint8_t red, uint8_t green, uint8_t blue, uint8_t *target
) {
    uint32_t behind[] = {red, green, blue};
    for (ptrdiff_t pixel = 0; pixel < count; pixel++) {
        uint32_t alpha = source[4 * pixel + 3];
        for (int channel = 0; channel < 3; channel++) {
            uint32_t sum = source[4 * pixel + channel] * alpha + behind[channel] * (255 - alpha);
            target[3 * pixel + channel] = (uint8_t)((sum + 127) / 255);
        }
    }
}
