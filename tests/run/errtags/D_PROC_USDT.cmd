# rows: D_PROC_USDT L98
# A program that declares probes of its own: their provider is told from one that nobody has.
cat >app.c <<'P'
#include <unistd.h>
int main(void)
{
	__asm__ volatile(
	    "990: nop\n"
	    ".pushsection .note.stapsdt,\"\",\"note\"\n"
	    ".balign 4\n"
	    ".4byte 992f-991f, 994f-993f, 3\n"
	    "991: .asciz \"stapsdt\"\n"
	    "992: .balign 4\n"
	    "993: .8byte 990b, 0, 0\n"
	    ".asciz \"shop\", \"sold\", \"\"\n"
	    "994: .balign 4\n"
	    ".popsection\n");
	write(1, "", 1);
	pause();
	return 0;
}
P
cc -o app app.c || exit 1
mkfifo up
./app >up &
app=$!
trap 'kill $app' EXIT
head -c 1 up >/dev/null
refuse() {
	printf '\n%s { }\n' "$1" >t.d
	dtrace -x errtags -es t.d >text 2>&1
	echo "status $?"
	sed -E 's/^dtrace: failed to compile script t.d: (\[.*\] line [0-9]*): .*/\1/' text
}
refuse "shop$app:::sold"
refuse "shops$app:::sold"
refuse "shop$app:::"
refuse "shop4194305:::sold"
dtrace -en "shop$app:::sold" 2>&1 | sed "s/$app/PID/g; s/.*specifier //"
