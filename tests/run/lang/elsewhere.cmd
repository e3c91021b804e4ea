# rows: V18 V31 V34 V35 V36 S35 S47 S57 S58 S59 A13 A45
# What only other systems have is refused by an error that says so; what nobody has is just unknown.
for v in jailname jid 'vmregs[0]' cpucycles cpuinstrs vcycles vinstrs machtimestamp machctimestamp dispatchqaddr pthread_self \
    'strip((void *)0, 1)' 'mtons(1)' 'sx_shared_held(0)' 'sx_exclusive_held(0)' 'sx_isexclusive(0)' 'kvtophys((void *)0)' \
    'physmem_read(0)' 'physmem_write(0)' 'vm_kernel_addrperm()' 'kdebug_trace(0)' 'random()' 'uuidstr(0)' 'copyoutmbuf(0)'; do
	dtrace -x errtags -en "BEGIN { trace($v); }" 2>&1 | sed 's/.*: \[\(D_[A-Z_]*\)\] in action list:/\1/'
done
for a in 'livedump()' 'pidresume(1)' 'apple_log(1)'; do
	dtrace -x errtags -en "BEGIN { $a; }" 2>&1 | sed 's/.*: \[\(D_[A-Z_]*\)\] in action list:/\1/'
done
