# What tracing itself runs cannot be traced, and who names it is told so; a glob goes without.
dtrace -n 'fbt::_raw_spin_unlock_irqrestore:entry' 2>&1
dtrace -ln 'fbt::_raw_spin_*:' 2>&1
dtrace -ln 'fbt::*spin_unlock*:' | grep -c _raw_spin || true
