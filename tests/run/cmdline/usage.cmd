dtrace 2>&1 | head -n 1
exit ${PIPESTATUS[0]}
