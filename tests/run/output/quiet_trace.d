/* With quiet values stand bare. */
#pragma D option quiet
BEGIN { trace("text"); trace(123); trace(-5LL); printf("|\n"); exit(0); }
