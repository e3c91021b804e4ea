# Every read() into a fresh page faults in the kernel, once: counted as such, with the kernel's pc and no other;
# a program that starts touches pages itself.  Letter case, '-' and '_' do not tell events apart.
cat >faults.pl <<'P'
open my $zero, "<", "/dev/zero" or die;
for (1 .. 3000) {
	my $page = syscall 9, 0, 4096, 3, 0x22, -1, 0; # mmap
	syscall 0, fileno $zero, $page, 1;
	syscall 11, $page, 4096;
}
P
dtrace -qn 'int kernel, user, all, bad;
cpc:::page_faults-kernel-1 /pid == $target/ { kernel++; bad += arg0 == 0 || arg1 != 0; }
cpc:::Page-Faults-user-1 /pid == $target/ { user++; bad += arg0 != 0 || arg1 == 0; }
cpc:::faults-all-1 /pid == $target/ { all++; }
END {
	printf("%s %s %d\n", kernel >= 3000 && kernel < 3300 ? "counted" : "not",
	    user > 0 && all == user + kernel ? "all" : "not all", bad);
}' -c 'perl faults.pl' | grep .
