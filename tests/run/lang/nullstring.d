/* rows: W4 W5 W11 S20 S25 T33: string variables hold the null string until they are assigned, and again after 0 or a search without a result */
#pragma D option quiet
string s; string t; self string ss; this string ts; string sm[int];
int faults;
ERROR { faults++; }
BEGIN { trace(strlen(s)); }
BEGIN { trace(strlen(self->ss)); }
BEGIN { trace(strlen(this->ts)); }
BEGIN { trace(strlen(sm[1])); }
BEGIN { printf("%d unassigned; [%s%s%s] %d %d\n", faults, s, self->ss, this->ts, s == "", s == NULL); faults = 0; }
BEGIN { s = t = self->ss = this->ts = sm[1] = ""; printf("%d%d%d%d%d\n", strlen(s), strlen(t), strlen(self->ss), strlen(this->ts), strlen(sm[1])); }
BEGIN { s = "abc"; t = strchr(s, 'z'); trace(strlen(t)); }
BEGIN { t = s; printf("%d", strlen(t)); t = substr(s, 3); printf(" %d", strlen(t)); t = 0; s = t; printf(" %s|%d\n", strjoin(s, t), faults); }
BEGIN { trace(strlen(s)); }
BEGIN { self->ss = "x"; self->ss = NULL; trace(strlen(self->ss)); }
BEGIN { sm[1] = s; printf("%d %d\n", faults, index(sm[1], "a")); }
BEGIN { trace(strlen(sm[1])); }
BEGIN { printf("%d\n", faults); exit(0); }
