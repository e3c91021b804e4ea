dtrace -s /no/such/file.d
