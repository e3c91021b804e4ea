# What is not there says so, one line each.
for f in -32 -A -a; do dtrace $f -n BEGIN; echo $?; done
