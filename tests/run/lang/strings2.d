/* rows: E9 E11 E25 T30 T31 T32 T33 T34 L44 S20 S21 S25 S27 V14 V22 W5 W11
 * Strings of every origin: null and empty, built-ins, each scope, comparison. */
#pragma D option quiet
string s; 
BEGIN {
 s = "hello"; printf("[%s] %d\n", s, strlen(s));
 s = ""; printf("[%s] %d\n", s, strlen(s));
 s = 0; printf("[%s]\n", s);
 s = NULL; printf("[%s] %d %d\n", s, s == NULL, s == "");
 s = "x"; printf("%d %d\n", s == NULL, s != NULL);
 this->p = strchr("abc", 'z'); printf("[%s] %d %d\n", this->p, this->p == NULL, this->p == "");
 this->q = strchr("abc", 'b'); printf("[%s] %d\n", this->q, this->q == "bc");
 printf("[%s]\n", strjoin(probefunc, probename)); printf("[%s] %d\n", probename, strlen(probename));
 printf("%d\n", strlen(execname)); printf("[%s]\n", strjoin(execname, "!"));
 self->s = "selfstr"; printf("[%s] [%s]\n", self->s, substr(self->s, 1, 3));
 a["k"] = "assoc"; printf("[%s] [%s] [%s]\n", a["k"], a["none"], strjoin(a["k"], self->s));
 printf("%d %d %d\n", "abc" < "abd", "abc" < "ab", "" < "a");
 printf("%d\n", "\xff" > "a");
 printf("[%s]\n", "abc" + 1);
 printf("[%s]\n", s + 0);
 a["k"] = a["none"]; printf("[%s]\n", a["k"]);
 self->s = 0; printf("[%s]\n", self->s);
 s = execname; printf("[%s]\n", s);
 s = probename; printf("[%s] %d\n", s, s == probename);
 printf("%d %d\n", execname == "dtrace", probename == "BEGIN");
 printf("[%s]\n", strstr("abc", ""));
 printf("%c\n", s[0]);
 printf("%d\n", s[1] == 'E');
 printf("[%s] [%s]\n", basename("/a/b/"), dirname("/a/b/"));
 exit(0);
}
