/* error, rows: D_PDESC_INVAL line 2 */
pid$nosuch:::entry { }
