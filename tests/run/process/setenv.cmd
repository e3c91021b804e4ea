dtrace -q -x setenv=DT_X=hello -c 'env' -n 'BEGIN { }' | grep DT_X
