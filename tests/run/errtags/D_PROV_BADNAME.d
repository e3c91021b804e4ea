/* error, rows: D_PROV_BADNAME line 2 */
provider p1 { probe q(int); };
