/*
 * json.bpf.c - json(): the text of one value of a JSON document; see rt.h.
 *
 * One pass over the document, a character (or a character of the path) at each step of a
 * loop, as a state machine whose state lies in memory: the verifier looks at one step only.
 * The text is s->a, the path s->b.
 */
#include "rt_bpf.h"

enum state {
	FAIL,
	DONE,
	VALUE,  /* before a value that the path leads to or through */
	INDEX,  /* in the number of a [n] of the path */
	KEY,    /* before a key, or at the end of an object */
	NAME,   /* in a key */
	COLON,  /* after a key */
	SKIP,   /* in a value that is not wanted, or after it */
	STRING, /* the value: in a string, */
	WHOLE,  /* in an object or array, */
	SCALAR, /* in a number or a word */
	MAXDEPTH = 60
};

struct json {
	dt_u64 state;
	dt_u64 pos;    /* in the document */
	dt_u64 path;   /* in the path: the element that is looked for */
	dt_u64 match;  /* in the path, comparing a key */
	dt_u64 same;   /* the key is that of the path so far */
	dt_u64 object; /* the container is an object, not an array */
	dt_u64 todo;   /* elements of the array to skip */
	dt_u64 from, to;
	dt_u64 depth; /* containers open in a value that is skipped or taken whole, */
	dt_u64 kinds; /* and which of them are objects: bits, the innermost lowest */
	dt_u64 quoted;
	dt_u64 some; /* something of the value has been seen */
};

RT_INLINE int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

RT_INLINE int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

RT_INLINE int
is_end_of_name(char c)
{
	return !c || c == '.' || c == '[';
}

/* The next element of the path wants a value of this container. */
RT_INLINE void
enter(struct json *j, char c, char want)
{
	if (c == '{' && want != '[') {
		j->object = 1;
		j->state = KEY;
	} else if (c == '[' && want == '[') {
		j->object = 0;
		j->todo = 0;
		j->path++;
		j->state = INDEX;
	} else {
		j->state = FAIL;
	}
	j->some = 0;
}

RT_INLINE void
begin_value(struct json *j, char c)
{
	j->from = j->pos;
	if (c == '"') {
		j->from++;
		j->state = STRING;
	} else if (c == '{' || c == '[') {
		j->depth = 1;
		j->kinds = c == '{';
		j->quoted = 0;
		j->state = WHOLE;
	} else if (is_digit(c) || c == '-' || c == 't' || c == 'f' || c == 'n') {
		j->state = SCALAR;
	} else {
		j->state = FAIL;
	}
}

/* A character inside containers: brackets must match. */
RT_INLINE void
nest(struct json *j, char c)
{
	if (j->quoted) {
		if (c == '\\')
			j->pos++;
		else if (c == '"')
			j->quoted = 0;
	} else if (c == '"') {
		j->quoted = 1;
	} else if (c == '{' || c == '[') {
		j->depth++;
		j->kinds = j->kinds << 1 | (c == '{');
		if (j->depth > MAXDEPTH)
			j->state = FAIL;
	} else if (c == '}' || c == ']') {
		if ((j->kinds & 1) != (c == '}'))
			j->state = FAIL;
		j->depth--;
		j->kinds >>= 1;
	}
}

/* Outside of the skipped value: its end, or the container's. */
RT_INLINE void
skipped(struct json *j, char c)
{
	if (c == ',' && j->some) {
		j->some = 0;
		if (j->object)
			j->state = KEY;
		else if (--j->todo == 0)
			j->state = VALUE;
	} else if (c == '}' || c == ']' || c == ',' || c == ':') {
		j->state = FAIL;
	} else if (!is_blank(c)) {
		j->some = 1;
		nest(j, c);
	}
}

RT_INLINE void
end_of_key(struct json *j, char next)
{
	j->state = COLON;
	j->same = j->same && is_end_of_name(next);
}

RT_CALLBACK long
json_step(__attribute__((unused)) dt_u32 i, struct rt_arg *p)
{
	struct dt_scratch *s = p->s;
	struct json *j = RT_STATE(s);
	char c = s->a[rt_len(j->pos)], want = s->b[rt_len(j->path)];
	switch (j->state) {
	case VALUE:
		if (is_blank(c))
			break;
		if (want) {
			enter(j, c, want);
		} else {
			begin_value(j, c);
		}
		break;
	case INDEX: /* takes from the path only */
		if (is_digit(want)) {
			j->todo = j->todo * 10 + want - '0';
			j->some = 1;
			if (j->todo > DT_STRMAX)
				j->state = FAIL;
		} else if (want == ']' && j->some) {
			j->path++;
			j->path += s->b[rt_len(j->path)] == '.';
			j->state = j->todo ? SKIP : VALUE;
			j->depth = j->quoted = j->some = 0;
			return 0;
		} else {
			j->state = FAIL;
		}
		j->path++;
		return j->state == FAIL;
	case KEY:
		if (is_blank(c))
			break;
		j->state = c == '"' ? NAME : FAIL;
		j->match = j->path;
		j->same = 1;
		break;
	case NAME: {
		char m = s->b[rt_len(j->match)];
		if (c == '"') {
			end_of_key(j, m);
			break;
		}
		j->same = j->same && m == c && !is_end_of_name(m);
		j->match++;
		if (c == '\\') {
			j->pos++;
			j->same = j->same && s->b[rt_len(j->match)] == s->a[rt_len(j->pos)];
			j->match++;
		}
		break;
	}
	case COLON:
		if (is_blank(c))
			break;
		if (c != ':') {
			j->state = FAIL;
		} else if (j->same) {
			j->path = j->match + (s->b[rt_len(j->match)] == '.');
			j->state = VALUE;
		} else {
			j->depth = j->quoted = j->some = 0;
			j->state = SKIP;
		}
		break;
	case SKIP:
		if (j->depth || j->quoted)
			nest(j, c);
		else
			skipped(j, c);
		break;
	case STRING:
		if (c == '"') {
			j->to = j->pos;
			j->state = DONE;
		} else if (c == '\\') {
			j->pos++;
		}
		break;
	case WHOLE:
		if (j->pos != j->from)
			nest(j, c);
		if (j->depth == 0 && j->state == WHOLE) {
			j->to = j->pos + 1;
			j->state = DONE;
		}
		break;
	case SCALAR:
		if (!c || is_blank(c) || c == ',' || c == '}' || c == ']') {
			j->to = j->pos;
			j->state = DONE;
		}
		break;
	default:
		return 1;
	}
	if (j->state == DONE)
		return 1;
	if (!s->a[rt_len(j->pos)])
		j->state = FAIL;
	j->pos++;
	return j->state == FAIL;
}

/* A word must be one of three; a number has the characters of one. */
RT_INLINE int
is_scalar(const char *at, dt_u64 n)
{
	if (at[0] == 't')
		return n == 4 && at[1] == 'r' && at[2] == 'u' && at[3] == 'e';
	if (at[0] == 'f')
		return n == 5 && at[1] == 'a' && at[2] == 'l' && at[3] == 's' && at[4] == 'e';
	if (at[0] == 'n')
		return n == 4 && at[1] == 'u' && at[2] == 'l' && at[3] == 'l';
	return is_digit(at[n - 1]);
}

RT_ROUTINE dt_s64
dt_json(struct dt_scratch *s, dt_u64 dst, dt_u64 addr, dt_u64 path, dt_u64 size)
{
	if (!s)
		return RT_NOSCRATCH;
	dt_s64 len = rt_read(s, s->a, addr, size);
	if (len < 0)
		return len;
	dt_s64 plen = rt_read(s, s->b, path, size);
	if (plen < 0)
		return plen;
	struct json *j = RT_STATE(s);
	j->state = VALUE;
	j->pos = j->path = 0;
	struct rt_arg p = {s};
	bpf_loop(2 * DT_STRMAX + 2, json_step, &p, 0);
	if (j->state != DONE)
		return -1;
	dt_u64 from = rt_len(j->from), n = rt_len(j->to - j->from);
	const char *at = s->a + from;
	int quoted = from && at[-1] == '"';
	if (!quoted && at[0] != '{' && at[0] != '[' && (!n || !is_scalar(at, n)))
		return -1;
	return rt_put(s, dst, from, n, rt_size(size));
}
