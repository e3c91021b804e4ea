dtrace: Sun D 1\.13
dtrace: Sun D 1\.13
This is dbridge .*
