/*
 * bar.c - bars of distributions and agghist: 40 columns and an axis (output.md 4.2).
 */
#include "output.h"

#include <string.h>

enum {
	FULL = 40,
	HALF = 20
};

static const double ZOOM_FILL = 0.95; /* of the width, for the largest value under aggzoom */

/* INT64_MIN has no positive counterpart in 64 bits. */
static double
magnitude(int64_t c)
{
	return c < 0 ? -(double)c : (double)c;
}

dt_bars_t
dt_bars(dtrace_hdl_t *dtp, const int64_t *counts, int n)
{
	dt_bars_t b = {.utf8 = dtp->encoding == DT_ENC_UTF8};
	double sum = 0, max = 0;
	for (int i = 0; i < n; i++) {
		double m = magnitude(counts[i]);
		sum += m;
		max = m > max ? m : max;
		b.positive |= counts[i] > 0;
		b.negative |= counts[i] < 0;
	}
	b.total = dt_opt_on(dtp, DT_OPT_AGGZOOM) ? max / ZOOM_FILL : sum;
	return b;
}

static char *
fill(char *p, char c, int n)
{
	memset(p, c, (size_t)n);
	return p + n;
}

/* Whole blocks, then one of the seven eighths of a block. */
static char *
blocks(char *p, double length)
{
	length += 1e-9; /* 38 blocks are not to be 37.99999 of them */
	int whole = (int)length, eighths = (int)((length - whole) * 8);
	for (int i = 0; i < whole; i++)
		p = stpcpy(p, "\u2588");
	if (eighths) {
		*p++ = '\xe2';
		*p++ = '\x96';
		*p++ = (char)(0x8f - (eighths - 1)); /* U+258F is one eighth, U+2589 seven */
	}
	return fill(p, ' ', FULL - whole - (eighths > 0));
}

char *
dt_bar(const dt_bars_t *b, int64_t count, char buf[DT_BAR_BYTES])
{
	int width = b->positive && b->negative ? HALF : FULL;
	double length = b->total > 0 ? magnitude(count) * width / b->total : 0;
	int n = (int)(length + 0.5);
	char *p = buf;
	if (!b->negative) {
		*p++ = '|';
		p = b->utf8 ? blocks(p, length) : fill(fill(p, '@', n), ' ', FULL - n);
	} else if (!b->positive) {
		p = fill(fill(p, ' ', FULL - n), '@', n);
		*p++ = '|';
	} else if (count <= 0) {
		p = fill(fill(p, ' ', HALF - n), '@', n);
		*p++ = '|';
		p = fill(p, ' ', HALF);
	} else {
		p = fill(p, ' ', HALF);
		*p++ = '|';
		p = fill(fill(p, '@', n), ' ', HALF - n);
	}
	*p = '\0';
	return buf;
}
