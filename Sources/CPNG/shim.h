#ifndef MODERATO_CPNG_H
#define MODERATO_CPNG_H

#include <png.h>
#include <stdio.h>
#include <string.h>

// libpng reports errors by longjmp, which must not cross Swift frames, so the one function that can fail is in C.
// libpng's simplified API would need no longjmp, but it converts gamma and composes alpha in linear light, where
// Pillow and nearly every training set of image models leave the stored bytes as they are.

/// Bytes in memory, read from the front, and where libpng's last words go.
typedef struct {
    const unsigned char *bytes;
    size_t count;
    size_t position;
    int ranOut;
    char message[128];
} png_source;

static void png_source_read(png_structp png, png_bytep into, size_t count) {
    png_source *source = (png_source *)png_get_io_ptr(png);
    if (count > source->count - source->position) {
        source->ranOut = 1;
        png_error(png, "the data end early");
    }
    memcpy(into, source->bytes + source->position, count);
    source->position += count;
}

static void png_source_fail(png_structp png, png_const_charp message) {
    png_source *source = (png_source *)png_get_error_ptr(png);
    snprintf(source->message, sizeof source->message, "%s", message);
    png_longjmp(png, 1);
}

static void png_source_ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

/// Turns every kind of PNG into 8 bits for each of RGB, or of RGBA where `channels` is 4.
static void png_source_transform(png_structp png, png_infop info, int channels) {
    png_set_expand(png);
    png_set_strip_16(png);
    png_set_gray_to_rgb(png);
    if (channels == 4) png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
    if (channels == 3) png_set_strip_alpha(png);
    png_read_update_info(png, info);
}

/// Decodes `source` to `width * height * channels` bytes, row after row. Returns 0, or 1 with `message` set.
static inline int png_source_decode(png_source *source, unsigned char *pixels, size_t width, size_t height, int channels) {
    png_infop info = NULL;
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, source, png_source_fail, png_source_ignore);
    if (png == NULL) return 1;
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return 1;
    }
    info = png_create_info_struct(png);
    if (info == NULL) png_error(png, "out of memory");
    png_set_read_fn(png, source, png_source_read);
    png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_read_info(png, info);
    int passes = png_set_interlace_handling(png);
    png_source_transform(png, info, channels);
    if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height
        || png_get_rowbytes(png, info) != width * (size_t)channels) {
        png_error(png, "the header contradicts itself");
    }
    for (int pass = 0; pass < passes; pass++) {
        for (size_t row = 0; row < height; row++) png_read_row(png, pixels + row * width * (size_t)channels, NULL);
    }
    png_read_end(png, NULL);
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
}

#endif
