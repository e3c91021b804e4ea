Usage: dtrace .*
