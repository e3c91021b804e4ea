# rows: io
# The probes, their stability and types.
dtrace -lvn io:::start | sed 's/^ *[0-9]* *//'
dtrace -lP io | awk 'NR > 1 { print $2, $3, $NF }'
