/* error, rows: D_PDESC_INVAL line 2 */
99999999 { }
