# dbridge - build, test, install.  Everything made goes under $(BUILD).
#
#   make            libdtrace.so.1, libdtrace.a, dtrace      make unit        Criterion tests
#   make deps       install missing Debian packages          make check       all tests (root, BTF)
#   make demo       show it on the live system (root)        make check-asan  unit and compile tests, ASan+UBSan
#   make bench      cost against hand-written BPF            make install     DESTDIR= PREFIX=/usr
#   make check-vm   the tests that depend on the kernel, on Debian's 6.1 and 6.12 under QEMU (KERNEL=6.1: on that one)
#   make storm      every provider's probes together under load, for ten minutes, with exact accounts; then nothing is left (STORM=seconds)
#   V=1 shows commands; unit-NAME builds and runs tests/unit/test_NAME.c alone.
#
# Fragments (libdtrace/runtime/Makefile.inc, providers/Makefile.inc) make headers in $(GEN) and may add to
#   GENHDRS     generated headers: made before any object is compiled
#   BUILDTOOLS  .c files beside the library's that are not part of it

BUILD  ?= build
PREFIX ?= /usr
VERSION = 0.1.0
SOVER   = 1

CFLAGS  ?= -O2 -g
WARN     = -Wall -Wextra -Werror
ALLFLAGS = -std=gnu11 -D_GNU_SOURCE -DDT_VERSION='"$(VERSION)"' -fPIC $(WARN) $(CFLAGS) $(SANFLAGS) \
	   -iquote libdtrace -iquote libdtrace/syntax -I$(GEN) -I. -MMD -MP
LIBS     = -lbpf -lelf -lctf-nobfd -ldwarf -lz -lpthread
CLANG   ?= clang
FLEX    ?= flex
BISON   ?= bison

ifdef SAN
# gcc warns falsely under the sanitizers.
SANFLAGS = -Wno-error -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
endif
ifeq ($(V),)
Q   = @
say = @printf '  %-7s %s\n' $(1) $(2);
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

GEN     = $(BUILD)/gen
OBJ     = $(BUILD)/obj
GENHDRS =
BUILDTOOLS = libdtrace/runtime/embed.c
-include libdtrace/runtime/Makefile.inc
-include providers/Makefile.inc
-include translators/Makefile.inc

LIBSRC   = $(filter-out %.bpf.c $(BUILDTOOLS),$(sort $(wildcard libdtrace/*/*.c providers/*.c compat/*.c)))
GENOBJ   = $(patsubst libdtrace/syntax/%,$(OBJ)/gen/%.o,$(basename $(wildcard libdtrace/syntax/*.l libdtrace/syntax/*.y)))
LIBOBJ   = $(LIBSRC:%.c=$(OBJ)/%.o) $(GENOBJ)
CMDOBJ   = $(patsubst %.c,$(OBJ)/%.o,$(sort $(wildcard cmd/*.c)))
UNITSRC  = $(sort $(wildcard tests/unit/test_*.c))
UNITBIN  = $(UNITSRC:tests/unit/%.c=$(BUILD)/unit/%)
LIB_A    = $(BUILD)/libdtrace.a
LIB_SO   = $(BUILD)/libdtrace.so.$(SOVER)
DTRACE   = $(BUILD)/dtrace

$(filter $(OBJ)/gen/% $(OBJ)/libdtrace/syntax/%,$(LIBOBJ)): | $(GEN)/grammar.h

all: $(LIB_A) $(LIB_SO) $(DTRACE) $(DLIBS)

# ---------------------------------------------------------------- compiling

$(OBJ)/%.o: %.c | $(GENHDRS)
	$(call say,CC,$<)mkdir -p $(@D)
	$(Q)$(CC) $(ALLFLAGS) $(CPPFLAGS) -c -o $@ $<

# What flex and bison write is not ours to tidy.  It includes headers as if it stood in libdtrace/syntax.
$(GENOBJ): $(OBJ)/gen/%.o: $(GEN)/%.c | $(GENHDRS)
	$(call say,CC,$<)mkdir -p $(@D)
	$(Q)$(CC) $(ALLFLAGS) $(CPPFLAGS) -Wno-unused-function -Wno-unused-parameter \
		-Wno-sign-compare -Wno-unused-but-set-variable -c -o $@ $<

$(GEN)/lexer.c: libdtrace/syntax/lexer.l
	$(call say,FLEX,$<)mkdir -p $(@D)
	$(Q)$(FLEX) -o $@ $<

$(GEN)/grammar.c $(GEN)/grammar.h &: libdtrace/syntax/grammar.y
	$(call say,BISON,$<)mkdir -p $(GEN)
	$(Q)$(BISON) -o $(GEN)/grammar.c --defines=$(GEN)/grammar.h $<

$(OBJ)/libdtrace/syntax/library.o: CPPFLAGS += -DDT_DLIBDIR='"$(DLIBDIR)"'

# ------------------------------------------------------------------ linking

$(LIB_A): $(LIBOBJ)
	$(call say,AR,$@)rm -f $@
	$(Q)$(AR) rcs $@ $^

$(LIB_SO): $(LIBOBJ) libdtrace/libdtrace.map
	$(call say,LD,$@)mkdir -p $(@D)
	$(Q)$(CC) -shared $(SANFLAGS) $(LDFLAGS) -Wl,-soname,$(@F) -Wl,--version-script,libdtrace/libdtrace.map \
		-Wl,--as-needed $(if $(SAN),,-Wl,-z,defs) -o $@ $(LIBOBJ) $(LIBS)
	$(Q)ln -sf $(@F) $(BUILD)/libdtrace.so

# The command has the library in it and is no PIE: nothing to find and relocate at each start (2 of 18 ms).
$(DTRACE): $(CMDOBJ) $(LIB_A)
	$(call say,LD,$@)
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -no-pie -o $@ $(CMDOBJ) $(LIB_A) $(LIBS)

# ------------------------------------------------------------------ testing

$(BUILD)/unit/%: $(OBJ)/tests/unit/%.o $(LIB_A)
	$(call say,LD,$@)mkdir -p $(@D)
	$(Q)$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $< $(LIB_A) $(LIBS) -lcriterion

# A test that does not build counts as failed and does not keep the others from running.
unit:
	$(Q)$(MAKE) -k $(UNITBIN) || true
	$(Q)sh tests/unit/run.sh $(UNITBIN)

unit-%: $(BUILD)/unit/test_%
	$(Q)$<

check: deps
	$(Q)$(MAKE) all
	$(Q)BUILD=$(BUILD) MAKE='$(MAKE)' sh tests/check.sh

check-asan: deps
	$(Q)$(MAKE) BUILD=$(BUILD)-asan SAN=1 all
	$(Q)BUILD=$(BUILD)-asan SAN=1 MAKE='$(MAKE)' sh tests/check.sh asan

check-vm: deps
	$(Q)$(MAKE) all $(UNITBIN)
	$(Q)BUILD=$(BUILD) COUNT=0 sh tests/fuzz/run.sh >/dev/null
	$(Q)BUILD=$(BUILD) bash tests/vm/check.sh $(KERNEL)

bench: deps
	$(Q)$(MAKE) all
	$(Q)BUILD=$(BUILD) sh tests/bench/bench.sh

# What the storm takes; it runs alone on a test kernel, where nothing is built.
storm-tools: all $(BUILD)/storm/load $(BUILD)/storm/left
$(BUILD)/storm/%: tests/storm/%.c
	$(call say,LD,$@)mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -D_GNU_SOURCE -O2 -g $(WARN) -o $@ $< -lbpf -lpthread

storm: deps
	$(Q)$(MAKE) storm-tools
	$(Q)BUILD=$(BUILD) bash tests/storm.sh

demo: deps
	$(Q)$(MAKE) all
	$(Q)BUILD=$(BUILD) bash cmd/demo.sh

deps:
	$(Q)sh .ci/deps.sh

# --------------------------------------------------------------- installing

MULTIARCH := $(shell $(CC) -print-multiarch 2>/dev/null)
LIBDIR    ?= $(PREFIX)/lib$(if $(filter /usr,$(PREFIX)),$(if $(MULTIARCH),/$(MULTIARCH)))
SBINDIR   ?= $(PREFIX)/sbin
INCDIR    ?= $(PREFIX)/include
MANDIR    ?= $(PREFIX)/share/man
# Where dtrace looks for D libraries (option libdir overrides).
DLIBDIR   ?= $(PREFIX)/lib/dtrace

install: all
	install -d $(addprefix $(DESTDIR),$(SBINDIR) $(LIBDIR)/pkgconfig $(INCDIR)/sys $(MANDIR)/man3 $(MANDIR)/man8 $(DLIBDIR))
	install -m 755 $(DTRACE) $(DESTDIR)$(SBINDIR)/
	install -m 755 $(LIB_SO) $(DESTDIR)$(LIBDIR)/
	ln -sf libdtrace.so.$(SOVER) $(DESTDIR)$(LIBDIR)/libdtrace.so
	install -m 644 libdtrace/dtrace.h $(DESTDIR)$(INCDIR)/
	install -m 644 libdtrace/sys/dtrace.h $(DESTDIR)$(INCDIR)/sys/
	install -m 644 docs/dtrace.8 $(DESTDIR)$(MANDIR)/man8/
	install -m 644 docs/libdtrace.3 $(DESTDIR)$(MANDIR)/man3/
	install -m 644 $(DLIBS) $(DESTDIR)$(DLIBDIR)/
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCDIR@|$(INCDIR)|' \
		-e 's|@VERSION@|$(VERSION)|' libdtrace/libdtrace.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/libdtrace.pc
	$(if $(DESTDIR),,ldconfig)

uninstall:
	rm -f $(DESTDIR)$(SBINDIR)/dtrace $(DESTDIR)$(LIBDIR)/libdtrace.so $(DESTDIR)$(LIBDIR)/libdtrace.so.$(SOVER) \
		$(DESTDIR)$(INCDIR)/dtrace.h $(DESTDIR)$(INCDIR)/sys/dtrace.h $(DESTDIR)$(MANDIR)/man8/dtrace.8 $(DESTDIR)$(MANDIR)/man3/libdtrace.3 \
		$(DESTDIR)$(LIBDIR)/pkgconfig/libdtrace.pc \
		$(addprefix $(DESTDIR)$(DLIBDIR)/,$(notdir $(DLIBS)))
	rmdir $(DESTDIR)$(DLIBDIR) 2>/dev/null || true
	$(if $(DESTDIR),,ldconfig)

clean:
	rm -rf $(BUILD) $(BUILD)-asan

format:
	clang-format -i $(shell find libdtrace providers cmd tests -name '*.[ch]')

.PHONY: all unit check check-asan check-vm bench storm storm-tools demo deps install uninstall clean format
.SECONDARY:

-include $(shell test -d $(OBJ) && find $(OBJ) -name '*.d')
