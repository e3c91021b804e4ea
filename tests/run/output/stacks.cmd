# covers: output 1.4.11 3 3.1 4.1.3
# rows: P22 A8
# output.md 3.1: a newline, the frames by option stackindent, the record's own newline; %k with and without width; stacks as keys.
norm() { sed 's/`[A-Za-z_0-9.]*+0x[0-9a-f]*/`SYM+N/; s/`[A-Za-z_0-9.]*$/`SYM/; s/`[A-Za-z_0-9.]*\( *[0-9]*\)$/`SYM\1/' | cat -A; }
timeout 20 dtrace -x cpu=0 -n 'BEGIN { stack(2); trace(1); ustack(1); exit(0); }' 2>/dev/null | norm
timeout 20 dtrace -x cpu=0 -x stackindent=2 -qn 'BEGIN { stack(2); trace(1); jstack(1); exit(0); }' | norm
timeout 20 dtrace -x cpu=0 -qn 'BEGIN { @[stack(2), 7] = count(); @u["u", ustack(1)] = sum(3); exit(0); }
END { printa("%k|%d %@d\n", @); printa("%-3k|\n", @); printa("%60k|\n", @); printa("%s%-4k%@d\n", @u); printa(@u); }' | norm
# An address that nothing explains, and the end of a stack.
timeout 20 dtrace -x cpu=0 -qn 'BEGIN { printf("%a %a\n", 1, 0); sym(16); trace("|"); mod(16); printf("|\n"); exit(0); }' | cat -A
