/* A processor's own events, from files as the kernel has them in sysfs. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../providers/pmu.h"

static char dir[] = "/tmp/test_pmu_XXXXXX";
static const struct {
	const char *file, *text;
} files[] = {
    {"format/event", "config:0-7\n"},
    {"format/umask", "config:8-15\n"},
    {"format/cmask", "config:24-31\n"},
    {"format/inv", "config:23\n"},
    {"format/split", "config:0-3,32-35\n"},
    {"format/ldlat", "config1:0-15\n"},
    {"format/broken", "config:7-0\n"},
    {"events/instructions", "event=0xc0\n"},
    {"events/loads", "event=0xcd,umask=0x1\n"},
    {"events/stalls", "event=0xa2,umask=0x4,cmask=2,inv\n"},
    {"events/both", "split=0xab\n"},
    {"events/wide", "event=0x1c0\n"},
    {"events/filled", "event=0xcd,umask=?\n"},
    {"events/elsewhere", "event=0xcd,ldlat=3\n"},
    {"events/unknown", "event=0xcd,nosuch=3\n"},
    {"events/bad", "broken=1\n"},
};

static void
setup(void)
{
	char path[128];
	cr_assert(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/format", dir);
	cr_assert_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/events", dir);
	cr_assert_eq(mkdir(path, 0700), 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i].file);
		FILE *f = fopen(path, "w");
		cr_assert(f && fputs(files[i].text, f) >= 0 && fclose(f) == 0);
	}
}

static void
teardown(void)
{
	char path[128];
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i].file);
		unlink(path);
	}
	snprintf(path, sizeof(path), "%s/format", dir);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/events", dir);
	rmdir(path);
	rmdir(dir);
}

TestSuite(pmu, .init = setup, .fini = teardown);

Test(pmu, events)
{
	static const struct {
		const char *name;
		int64_t mask;
		uint64_t config; /* 0: no such event */
	} t[] = {
	    {"instructions", -1, 0xc0}, {"loads", -1, 0x1cd},      {"loads", 0x81, 0x81cd},
	    {"loads", 0, 0xcd},         {"loads", 0x100, 0},       {"stalls", -1, 0x28004a2},
	    {"both", -1, 0xa0000000b},  {"wide", -1, 0},           {"filled", -1, 0},
	    {"elsewhere", -1, 0},       {"unknown", -1, 0},        {"bad", -1, 0},
	    {"nosuch", -1, 0},          {"../format/event", 1, 0}, {"", -1, 0},
	};
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		uint64_t config;
		bool is = dt_pmu_event(dir, t[i].name, t[i].mask, &config);
		cr_expect_eq(is, t[i].config != 0, "%s", t[i].name);
		if (is)
			cr_expect_eq(config, t[i].config, "%s: %#lx", t[i].name, (unsigned long)config);
	}
}
