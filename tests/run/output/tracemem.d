/* tracemem: a hexdump with its ruler. */
#pragma D option quiet
BEGIN { tracemem(&curthread->comm, 7); exit(0); }
