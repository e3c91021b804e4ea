# rows: V29 V30 V45.  Registers of the program, by constant and by variable; none of a kernel thread.
echo "echo x >/dev/null" >w
dtrace -qn 'syscall::write:entry /pid == $target/ { i = R_RDI; printf("%d %d %d %d\n", uregs[R_RDI] == arg0, uregs[i] == arg0, uregs[R_RSI] == arg1, uregs[R_SP] == uregs[R_RSP]);
trace(uregs[R_DS]); trace(uregs[R_TRAPNO] >= 0); printf("\n"); }
syscall::write:entry /pid == $target/ { i = -1; trace(uregs[i]); }
syscall::write:entry /pid == $target/ { exit(0); }' -c 'sh w'
