# covers: output 1.4.10 3.2 3.2.1-3.2.5 4.1.4
# rows: A11 A12 P20 P21.  Addresses by name, alone and as keys; rows of one symbol merge.
s=$(awk '$2 == "T" && $3 == "ksys_read" { print "0x" $1 }' /proc/kallsyms)
dtrace -qn "BEGIN { sym($s); printf(\"|\"); func($s + 1); printf(\"|\"); mod($s); printf(\"|%a|%a\n\", $s, $s + 16); sym(1); printf(\"\n\"); usym(1);
printf(\"|\"); umod(1); printf(\"|\"); uaddr(1); printf(\"\n\");
@[sym($s)] = count(); @[sym($s + 1)] = count(); @[func($s)] = count(); @m[mod($s), 1] = count(); @m[mod($s + 4096), 1] = count(); exit(0); }"
dtrace -qn 'BEGIN { @s[usym(uregs[R_RIP])] = count(); @s[ufunc(uregs[R_RIP] - 1)] = count(); @m[umod(uregs[R_RIP])] = count();
@m[umod(ucaller * 0 + uregs[R_PC] - 4)] = count(); @u[uaddr(uregs[R_PC])] = count(); @u[uaddr(uregs[R_PC] - 1)] = count(); exit(0); }
END { printa("%A %@d\n", @s); printa("%A %@d\n", @m); printa("%A %@d\n", @u); }' | sed 's/+0x[0-9a-f]*/+N/'
