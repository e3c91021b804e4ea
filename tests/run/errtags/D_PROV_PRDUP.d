/* error, rows: D_PROV_PRDUP line 2 */
provider p { probe q(int); probe q(int); };
