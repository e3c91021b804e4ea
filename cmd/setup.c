/*
 * setup.c - what must be right before anything else is done: the three standard
 * descriptors, signals that writing may raise, and the words of a script's first line.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"

/*
 * A descriptor that came closed ("dtrace ... >&-") must not become that of a file or a BPF
 * map we open.  What takes its place refuses reading or writing as a closed one does.
 */
static void
fill_standard_descriptors(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			_exit(EXIT_FAILURE);
}

static void
on_write_refused(int sig)
{
	(void)sig;
}

/*
 * A closed pipe and a file at its limit are errors of writing, and told as such.  Caught, not
 * ignored: commands of system() start with the signals as they were.
 */
static void
catch_write_signals(void)
{
	struct sigaction sa = {.sa_handler = on_write_refused, .sa_flags = SA_RESTART}, old;
	static const int sigs[] = {SIGPIPE, SIGXFSZ};
	for (int i = 0; i < 2; i++)
		if (sigaction(sigs[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(sigs[i], &sa, NULL);
}

/* Does the file begin with "#!", an interpreter, and exactly these words? */
static bool
first_line_has(const char *file, const char *words)
{
	char line[512];
	FILE *fp = fopen(file, "re");
	if (!fp)
		return false;
	bool has = fgets(line, sizeof(line), fp) && strncmp(line, "#!", 2) == 0;
	fclose(fp);
	if (!has)
		return false;
	/* The kernel cuts blanks from the end of the line. */
	size_t end = strcspn(line, "\n"), n = strlen(words);
	while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t'))
		end--;
	return n < end && memcmp(line + end - n, words, n) == 0 && strchr(" \t", line[end - n - 1]);
}

/*
 * The kernel hands all words behind a script's interpreter over as one: "-C -s", or "-s\r"
 * when lines end in CR and LF.  They are the words they look like.
 */
static void
split_script_words(int *argc, char ***argv)
{
	char **old = *argv;
	if (*argc < 3 || old[1][0] != '-' || !strpbrk(old[1], " \t\r") || !first_line_has(old[2], old[1]))
		return;
	/* A word and the blank behind it take two bytes; old[1] is replaced. */
	char **new = calloc((size_t)*argc + strlen(old[1]) / 2 + 2, sizeof(*new)), *save = NULL;
	char *text = strdup(old[1]);
	if (!new || !text)
		return;
	int n = 0;
	new[n++] = old[0];
	for (char *w = strtok_r(text, " \t\r", &save); w; w = strtok_r(NULL, " \t\r", &save))
		new[n++] = w;
	memcpy(new + n, old + 2, (size_t)(*argc - 2) * sizeof(*new));
	*argc += n - 2;
	*argv = new;
}

void
prepare(int *argc, char ***argv)
{
	fill_standard_descriptors();
	catch_write_signals();
	split_script_words(argc, argv);
}
