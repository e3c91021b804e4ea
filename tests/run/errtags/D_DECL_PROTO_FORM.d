/* error, rows: D_DECL_PROTO_FORM line 2 */
provider p { probe q(int a) : (int z); };
