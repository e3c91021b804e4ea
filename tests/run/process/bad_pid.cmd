dtrace -p abc -n BEGIN; echo $?
dtrace -p 999999999 -n BEGIN; echo $?
