/* error, rows: D_IDENT_AMBIG line 4 */
enum hrtimer_restart v;
int HRTIMER_RESTART;
BEGIN { trace(v == HRTIMER_RESTART); }
