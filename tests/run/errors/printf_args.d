#pragma D option errtags
BEGIN { printf("%d %d\n", 1); }
