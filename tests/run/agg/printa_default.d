/* printa without a format: a newline, then the rows; several aggregations share rows by key. */
#pragma D option quiet
BEGIN { @a[1] = count(); @b[1] = sum(5); @b[2] = sum(6); exit(0); }
END { printa(@a); printa(@a, @b); }
