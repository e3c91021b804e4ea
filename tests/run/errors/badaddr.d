/* A load through a null pointer. */
#pragma D option quiet
BEGIN { x = *(int *)0; printf("lost\n"); }
BEGIN { exit(4); }
ERROR { printf("fault %d at %x\n", arg4, arg5); }
