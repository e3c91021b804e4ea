/* Without quiet every record ends in a newline of its own. */
BEGIN { printf("one\n"); }
BEGIN { printf("two"); exit(0); }
