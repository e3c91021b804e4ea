/* rows: T30 T31 W4 V22
 * this-> strings live through the clauses of a firing and are null in the next, strsize at its largest. */
#pragma D option quiet
#pragma D option strsize=4096
BEGIN { this->a = strjoin("x","y"); this->b = strjoin("z","w"); this->c = "q"; }
BEGIN { printf("[%s][%s][%s]\n", this->a, this->b, this->c); }
tick-5ms { printf("[%s][%s][%s]\n", this->a, this->b, this->c); this->a = "dirty"; this->b = "dirt2"; this->c = "dirt3"; i++; }
tick-5ms /i == 3/ { exit(0); }
