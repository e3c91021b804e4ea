# rows: A26 A27.  Output goes elsewhere, appended, and comes back; ftruncate() empties a file.
echo old >f1
dtrace -wqn 'BEGIN { freopen(""); printf("start\n"); freopen("f%d", 1); printf("in f1\n"); freopen("f2"); printf("in f2\n");
freopen("/no/such/dir"); printf("still f2\n"); freopen(""); printf("back\n"); freopen("f%s", "3"); printf("lost\n"); ftruncate(); printf("kept\n"); @ = count(); }
BEGIN { exit(0); }'
cat f1; echo --; cat f2; echo --; cat f3
