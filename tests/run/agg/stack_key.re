

 {14}vmlinux`[^ ]+
 {14}vmlinux`[^ ]+
 +50
