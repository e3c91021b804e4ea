/* Documents of option oformat: JSON, XML and HTML to the byte, whatever the text. */
#include "capture.h"
#include "libdtrace/output/doc.h"

#define DOC_IS(format, pretty, make, want)                                                                     \
	do {                                                                                                   \
		capture_t c;                                                                                   \
		dt_doc_t *d = dt_doc_new(capture_start(&c), format, pretty);                                   \
		make(d);                                                                                       \
		dt_doc_free(d);                                                                                \
		expect_text(c, want);                                                                          \
	} while (0)

static void
empty(dt_doc_t *d)
{
	(void)d;
}

static void
two_entries(dt_doc_t *d)
{
	dt_doc_object(d, "top");
	dt_doc_list(d, "entries");
	dt_doc_item(d);
	dt_doc_int(d, "a", -1);
	dt_doc_list(d, "none");
	dt_doc_close(d);
	dt_doc_list(d, "sub");
	dt_doc_item(d);
	dt_doc_str(d, "b", "x");
	dt_doc_close(d);
	dt_doc_item(d);
	dt_doc_close(d);
	dt_doc_close(d);
	dt_doc_close(d);
	dt_doc_item(d);
	dt_doc_list(d, "v");
	dt_doc_uint(d, NULL, UINT64_MAX);
	dt_doc_str(d, NULL, "");
	/* the rest is closed with the document */
}

Test(doc, json)
{
	DOC_IS(DT_DOC_JSON, false, empty, "{}\n");
	DOC_IS(DT_DOC_JSON, false, two_entries,
	       "{\"top\":{\"entries\":[{\"a\":-1,\"none\":[],\"sub\":[{\"b\":\"x\"},{}]}\n"
	       ",{\"v\":[18446744073709551615,\"\"]}\n]}}\n");
	DOC_IS(
	    DT_DOC_JSON, true, two_entries,
	    "{\n  \"top\": {\n    \"entries\": [\n      {\n        \"a\": -1,\n        \"none\": [],\n"
	    "        \"sub\": [\n          {\n            \"b\": \"x\"\n          },\n          {}\n        ]\n"
	    "      },\n      {\n        \"v\": [\n          18446744073709551615,\n          \"\"\n"
	    "        ]\n      }\n    ]\n  }\n}\n");
}

Test(doc, xml)
{
	DOC_IS(DT_DOC_XML, false, two_entries,
	       "<top><entries><a>-1</a><sub><b>x</b></sub><sub></sub></entries>\n"
	       "<entries><v>18446744073709551615</v><v></v></entries>\n</top>\n");
	DOC_IS(
	    DT_DOC_XML, true, two_entries,
	    "<top>\n  <entries>\n    <a>-1</a>\n    <sub>\n      <b>x</b>\n    </sub>\n    <sub></sub>\n"
	    "  </entries>\n  <entries>\n    <v>18446744073709551615</v>\n    <v></v>\n  </entries>\n</top>\n");
}

Test(doc, html)
{
	DOC_IS(DT_DOC_HTML, false, two_entries,
	       "<div class=\"line\"><div class=\"data\" data-tag=\"a\">-1</div>"
	       "<div class=\"data\" data-tag=\"b\">x</div></div>\n"
	       "<div class=\"line\"><div class=\"data\" data-tag=\"v\">18446744073709551615</div>"
	       "<div class=\"data\" data-tag=\"v\"></div></div>\n\n");
}

#define FFFD "\xef\xbf\xbd"

static const struct {
	const char *text;
	size_t len;
	const char *json, *xml;
} texts[] = {
#define T(text, json, xml)                                                                                     \
	{                                                                                                      \
		text, sizeof(text) - 1, json, xml                                                              \
	}
    T("plain", "plain", "plain"),
    T("\"\\/<>&'", "\\\"\\\\/<>&'", "\"\\/&lt;&gt;&amp;'"),
    T("\a\b\t\n\v\f\r", "\\u0007\\u0008\\t\\n\\u000b\\u000c\\r", FFFD FFFD "\t\n" FFFD FFFD "&#13;"),
    T("a\0b", "a\\u0000b", "a" FFFD "b"),
    T("\x1f\x7f", "\\u001f\\u007f", FFFD "\x7f"),
    T("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
      "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"),
    T("\xe9t\xe9", FFFD "t" FFFD, FFFD "t" FFFD),                                  /* Latin-1 */
    T("\xc0\x80\xe0\x80\x80", FFFD FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD FFFD), /* too long */
    T("\xed\xa0\x80", FFFD FFFD FFFD, FFFD FFFD FFFD),                             /* a surrogate */
    T("\xf4\x90\x80\x80", FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD),               /* beyond 10FFFF */
    T("\xef\xbf\xbf", "\xef\xbf\xbf", FFFD),                                       /* U+FFFF */
    T("cut\xe2\x82", "cut" FFFD FFFD, "cut" FFFD FFFD),
    T("\x80\xff", FFFD FFFD, FFFD FFFD),
};

Test(doc, texts)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		capture_t c;
		char want[256];
		dt_doc_t *d = dt_doc_new(capture_start(&c), DT_DOC_JSON, false);
		dt_doc_text(d, "t", texts[i].text, texts[i].len);
		dt_doc_free(d);
		snprintf(want, sizeof(want), "{\"t\":\"%s\"}\n", texts[i].json);
		expect_text(c, want);
		d = dt_doc_new(capture_start(&c), DT_DOC_XML, false);
		dt_doc_text(d, "t", texts[i].text, texts[i].len);
		dt_doc_free(d);
		snprintf(want, sizeof(want), "<t>%s</t>\n", texts[i].xml);
		expect_text(c, want);
	}
}

static void
reals(dt_doc_t *d)
{
	dt_doc_real(d, "a", 0.5L);
	dt_doc_real(d, "b", (long double)-1e300);
	dt_doc_real(d, "f", 0.1L);
	dt_doc_real(d, "c", __builtin_inf());
	dt_doc_real(d, "d", __builtin_nan(""));
	dt_doc_int(d, "e", INT64_MIN);
}

Test(doc, numbers)
{
	DOC_IS(DT_DOC_JSON, false, reals,
	       "{\"a\":0.5,\"b\":-1.0000000000000001e+300,\"f\":0.100000000000000000001,\"c\":\"inf\",\"d\":"
	       "\"nan\","
	       "\"e\":-9223372036854775808}\n");
}

/* Deeper than anything prints: what does not fit is left out, and the document is whole. */
Test(doc, deep)
{
	capture_t c;
	dt_doc_t *d = dt_doc_new(capture_start(&c), DT_DOC_JSON, false);
	for (int i = 0; i < 1000; i++)
		dt_doc_object(d, "o");
	dt_doc_int(d, "v", 1);
	cr_expect_eq(dt_doc_depth(d), 1000);
	dt_doc_close_to(d, 2);
	dt_doc_int(d, "w", 2);
	dt_doc_free(d);
	const char *text = capture_text(&c);
	int depth = 0;
	for (const char *p = text; *p; p++) {
		depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
		cr_expect(depth >= 0);
	}
	cr_expect_eq(depth, 0);
	cr_expect(strstr(text, ",\"w\":2}}}\n"));
	cr_expect_null(strstr(text, "\"v\""));
}
