# Several processes: $target is the first, and the end comes when all have ended.
dtrace -q -c true -c 'sleep 0.5' -n 'BEGIN { self->t = timestamp; t = timestamp; } END { printf("%d\n", timestamp - t > 400000000); }'
