# rows: X12 X20 X21 X25 X26 X27 X34 X36 X37 X38 X40 X41 X42 X45 X47 X48 X53 X55 X56 X71 X81 X83 X87 X88 X94 X100 X105 X107
# What has nothing to do here is taken, with the values it may have; what cannot be is refused with the reason.
for o in archlibdir=/x debugassert=mutexes disallow_dsym mangled nojtanalysis noerror disasm=1 dofstashpath=/x iregs=8 tregs=8 \
	late=dynamic late=static lazyload ldpath=/bin/ld linkmode=kernel linkmode=primary linkmode=dynamic linkmode=static linknommap \
	linktype=elf linktype=dof objcopypath=/x pgmax=4 preallocate=1k strip sysslice=x useruid=5 bpflogsize=1m \
	lockmem=unlimited lockmem=1m pcapsize=1514 scratchsize=1k printsize=1k stacksymbols; do
	timeout 20 dtrace -x $o -qn 'BEGIN { exit(7); }' >o.txt 2>&1
	[ $? = 7 ] && [ "$(cat o.txt)" = "" ] || cat o.txt
done
for o in arch=i386 ctypes=/x dtypes=/x iregs=x late=x linkmode=x linktype=x pgmax=-1 preallocate=x useruid=root tree=1 bpflog buflimit=0 \
	buflimit=101 grabanon maxframes=0 pcapsize=65536 zone=global printsize=65537 nspec=65537 oformat=yaml oformat=json,ugly \
	errexit=1 uresolve=no; do
	timeout 20 dtrace -x $o -qn 'BEGIN { exit(7); }' 2>&1
	[ $? = 1 ] || echo "status $?"
done
# Messages of the library go to stderr.
timeout 20 dtrace -x debug -qn 'BEGIN { stack(1); exit(0); }' 2>&1 | grep -c 'libdtrace DEBUG' | sed 's/[1-9][0-9]*/some/'
