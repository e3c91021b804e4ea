/* error, rows: D_PDESC_ZERO line 2 */
nosuch:::probe { }
