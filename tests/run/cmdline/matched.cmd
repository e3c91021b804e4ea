dtrace -n 'BEGIN { exit(0); } END { }' -n 'dtrace::: /0/ { }' >/dev/null
