/* error, rows: D_PRAGCTL_INVAL line 2 */
#"x"
