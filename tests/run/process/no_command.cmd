dtrace -c /no/such/command -n BEGIN
