# rows: P4 P5 P6 P7 P29 P40 P43 D_SYNTAX D_PRINTF_ARG_TYPE D_PRINTF_AGG_CONV
# Formats that are refused, and with which tag.
for a in 'printf("%hhd", 1)' 'printf("%jd", 1)' 'printf("%zd", 1)' 'printf("%td", 1)' 'printf("%1$d", 1)' 'printf("%5%")' \
	'printf("%q", 1)' 'printf("%")' 'printf("%hd", 1)' 'printf("%@d", 1)' 'printf("%s", curthread)' 'printf("%d", *curthread)' \
	'printf("%k", 1)' 'printf("%c", 1LL)' 'printf("%e", 1)' 'printf("%Y", 5)' 'printf("%d", (void)1)' 'printf("%p", "a")' \
	'@a = count(); printf("%d", @a)'; do
	timeout 10 dtrace -x errtags -e -n "BEGIN { $a; }" 2>&1 | sed 's/.*\[\(D_[A-Z_]*\)\].*/\1/'
done | uniq -c | sed 's/^ *//'
