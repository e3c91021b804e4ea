# An option and its value in one word, with a blank after -x.
dtrace '-x quiet' '-x strsize=16' -n 'BEGIN { printf("ok\n"); exit(0); }'
