 ID PROVIDER MODULE FUNCTION NAME
 1 dtrace BEGIN
 [0-9]+ syscall vmlinux read entry
 [0-9]+ syscall vmlinux read return
