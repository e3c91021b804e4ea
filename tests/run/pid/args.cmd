# Arguments at entry, in registers and on the stack; the value at return; every thread, not the forked child.
. "$here/pid/build.sh"
dtrace -qc ./victim -n '
pid$target:a.out:ten:entry { printf("%d %d %d %d %d %d %d %d %d %d\n", arg0, arg1, arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9); }
pid$target:a.out:ten:return { printf("%s = %d, %d\n", probefunc, arg0, arg1); }
pid$target:victim:count_down:entry { printf("down %d\n", (int)arg0); self->depth++; }
pid$target:victim:count_down:return { printf("up %d\n", (int)arg1); self->depth--; }
pid$target:a.out:count_down:return /self->depth == 0/ { printf("done\n"); }
pid$target:a.out:inner:entry { printf("%s %s:%s\n", copyinstr(arg0), probemod, probefunc); }
pid$target::outer:return { printf("%d\n", arg1); }'
