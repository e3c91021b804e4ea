/* error, rows: D_PDESC_INVAL line 2 */
pxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx:a:b:c { }
