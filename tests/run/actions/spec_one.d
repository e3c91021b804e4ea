/* rows: A31 A32.  speculate(), data and commit() in one clause; speculate() alone; discard. */
#pragma D option quiet
BEGIN { s = speculation(); speculate(s); printf("one clause\n"); commit(s); }
BEGIN { s = speculation(); speculate(s); printf("gone\n"); discard(s); }
BEGIN { printf("id %d\n", speculation()); exit(0); }
