# Sourced by the tests here: the victim, as ./victim.
cc -O1 -g -fno-omit-frame-pointer -fno-optimize-sibling-calls -o victim "$here/pid/victim.c" -lpthread || exit 1
