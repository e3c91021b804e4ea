dtrace -qv -n 'dtrace:::BEGIN { exit(0); }'
