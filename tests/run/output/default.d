/* The heading once, then CPU, ID and FUNCTION:NAME before every record. */
BEGIN { trace("text"); }
BEGIN { trace(123); trace((int64_t)-5); trace((short)7); trace('c'); }
BEGIN { }
BEGIN { exit(0); }
