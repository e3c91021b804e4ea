/* error, rows: D_PDESC_INVAL line 2 */
a:b:c:d:e { }
