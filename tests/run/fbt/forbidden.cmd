# A kernel that lets nobody onto its functions: one sentence says so, and what can be asked instead; nothing is listed.
dtrace -ln fbt:::
echo "status $?"
dtrace -n 'fbt::vfs_read:entry { trace(arg0); }'
echo "status $?"
dtrace -n 'rawfbt::tcp_v4_connect:return'
echo "status $?"
# Without the provider's name too, and nothing of the kind for what the kernel has no function of.
dtrace -n 'vfs_read:entry { trace(arg0); }'
echo "status $?"
dtrace -n 'no_such_function:entry'
echo "status $?"
dtrace -l | awk '$2 ~ /fbt/' | wc -l
