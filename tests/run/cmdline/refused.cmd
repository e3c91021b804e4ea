# rows: F8 F5 F31
# What is not there says so, one line each.
for f in -32 -A -a -d -B '-W x'; do dtrace $f -n BEGIN; echo $?; done
