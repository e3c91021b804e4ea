/* rows: A31.  speculate() alone leaves an empty record, shown with its own prefix when committed. */
BEGIN { s = speculation(); }
BEGIN { speculate(s); }
BEGIN { trace(1); }
BEGIN { commit(s); }
BEGIN { exit(0); }
