/* Stands for the shell and the tools of five hundred servers on one machine: their forks alone would need more than it has.
 *
 *   cc -O2 -o gate loop_responder.c        put as `command="FOLDER/gate"` into authorized_keys
 *
 * A lasting loop (collectors/ssh/stream.py) is served here: a line is letters and a tag; for each letter FOLDER/answers/LETTER is
 * printed, and closed as the loop does. Any other command prints the answers of the letters that it asks for. In an answer the
 * octet 1 stands for a digit by chance and 2 for the time, so that no two of them are the same.
 */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char out[1 << 20], raw[1 << 19], folder[512];
static const char *const kinds[][2] = {
	{"--query-gpu", "g"}, {"nvidia-smi -q -x", "x"}, {"/proc/stat", "h"}, {"/dev/kmsg", "k"}, {"command -v", "t"},
};

static size_t add(size_t at, char letter)
{
	char path[600];
	snprintf(path, sizeof path, "%s/answers/%c", folder, letter);
	FILE *file = fopen(path, "r");
	if (file == NULL)
		return at;
	size_t length = fread(raw, 1, sizeof raw, file);
	fclose(file);
	for (size_t i = 0; i < length && at < sizeof out - 512; i++) {
		if (raw[i] == 1)
			out[at++] = '1' + rand() % 9;
		else if (raw[i] == 2)
			at += snprintf(out + at, 32, "%ld", (long)time(NULL));
		else
			out[at++] = raw[i];
	}
	return at;
}

static int sent(size_t length)
{
	size_t done = 0;
	while (done < length) {
		ssize_t some = write(1, out + done, length - done);
		if (some <= 0)
			return 0;
		done += some;
	}
	return 1;
}

static int loop(void)
{
	char line[256], letters[64], tag[64];
	while (fgets(line, sizeof line, stdin) != NULL) {
		size_t at = 0;
		if (sscanf(line, "%63s %63s", letters, tag) != 2)
			continue;
		for (char *letter = letters; *letter != 0; letter++) {
			if (*letter < 'a' || *letter > 'y')
				continue;
			at = add(at, *letter);
			at += snprintf(out + at, 128, "\nnoc 0 %c %s\n", *letter, tag);
		}
		at += snprintf(out + at, 128, "\nnoc 0 z %s\n", tag);
		if (!sent(at))
			return 1;
	}
	return 0;
}

int main(int count, char **words)
{
	const char *asked = getenv("SSH_ORIGINAL_COMMAND");
	char *own = strdup(words[0]);
	size_t at = 0;
	if (count < 1 || asked == NULL)
		return 2;
	snprintf(folder, sizeof folder, "%s", dirname(own));
	srand(getpid());
	if (strstr(asked, "read -r asked") != NULL)
		return loop();
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strstr(asked, kinds[i][0]) != NULL)
			at = add(at, kinds[i][1][0]);
	return sent(at) ? 0 : 1;
}
