# Idioms: a shell wrapper that builds the text of one -n argument, with comments, newlines and macro arguments; macros in
# probe names, also those of -C; an option and its value in one argument; options as pragmas in the script.
opt=7 name=some
dtrace -n '
 #pragma D option quiet
 #pragma D option switchrate=10hz
 /*
  * Options of the command line.  Don'"'"'t change.
  */
 inline int OPT_n = '$opt';
 inline string OPT_name = "'$name'";

 dtrace:::BEGIN
 /OPT_n > 5 && OPT_name == "some"/
 {
	printf("%s %d %s %s\n", OPT_name, OPT_n, $$1, $2 == 42 ? "forty-two" : "?");
 }

 dtrace:::BEGIN
 /OPT_n <= 5/
 {
	printf("never\n");
 }

 dtrace:::BEGIN
 {
	exit(0);
 }
 ' "an argument" 42
echo "status $?"
cat >rate.d <<'D'
#!/usr/sbin/dtrace -Cqs
#define RATE 20
#define PROBE tick-##hz
tick-$1hz,
profile:::tick-RATE
{
	n++;
	printf("%s\n", n == 1 ? "ticks" : "");
	exit(0);
}
D
dtrace -Cqs rate.d 50 2>&1 | head -n 1
dtrace "-x aggsortpos=1" -qn 'BEGIN { @a["x"] = sum(1); @a["y"] = sum(2); @b["x"] = sum(9); @b["y"] = sum(3); printa("%s %@d %@d\n", @a, @b); exit(0); }'
cat >opts.d <<'D'
#!/usr/sbin/dtrace -s
#pragma D option quiet
#pragma D option defaultargs
#pragma D option aggsortkey
BEGIN { @[2] = count(); @[1] = count(); @[1] = count(); printf("[%d] [%s]\n", $1, $$2); exit(0); }
D
dtrace -s opts.d
