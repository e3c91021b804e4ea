/* error, rows: D_DECL_VOIDOBJ line 2 */
void x;
