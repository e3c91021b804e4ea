/* %S and %C show what cannot be printed as C escapes. */
#pragma D option quiet
BEGIN { printf("[%S] [%C] [%S]\n", "a\tb\nc", '\n', "plain"); exit(0); }
