/*
 * doc.h - one document of nested values, written as it comes: JSON, XML or HTML.
 *
 * A document is an object.  An object holds named values, objects and lists; a list holds
 * values or objects (items).  In XML a list is its entries, each an element of the list's
 * name; in HTML every value is a div that carries its name, and an entry of an outermost
 * list is a line.  Whatever is open is closed by dt_doc_free(), so a document is whole
 * however its making ends.  Names must outlive what they name.
 */
#ifndef DT_DOC_H
#define DT_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef enum dt_docformat {
	DT_DOC_TEXT, /* no document at all */
	DT_DOC_JSON,
	DT_DOC_XML,
	DT_DOC_HTML
} dt_docformat_t;

typedef struct dt_doc dt_doc_t;

dt_doc_t *dt_doc_new(FILE *, dt_docformat_t, bool pretty);
void dt_doc_free(dt_doc_t *); /* the FILE stays open */

void dt_doc_object(dt_doc_t *, const char *name);
void dt_doc_list(dt_doc_t *, const char *name);
void dt_doc_item(dt_doc_t *);  /* an object in the list that is open */
void dt_doc_close(dt_doc_t *); /* the innermost of these */
int dt_doc_depth(const dt_doc_t *);
void dt_doc_close_to(dt_doc_t *, int depth);

/* Values.  name: ignored in a list.  What of a text is not UTF-8 (in XML: not allowed) becomes U+FFFD. */
void dt_doc_text(dt_doc_t *, const char *name, const char *, size_t len);
void dt_doc_str(dt_doc_t *, const char *name, const char *);
void dt_doc_int(dt_doc_t *, const char *name, int64_t);
void dt_doc_uint(dt_doc_t *, const char *name, uint64_t);
void dt_doc_real(dt_doc_t *, const char *name, long double); /* infinities and NaN: as text */

#endif
