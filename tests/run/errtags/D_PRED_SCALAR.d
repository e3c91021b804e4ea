/* error, rows: D_PRED_SCALAR line 3 */
BEGIN
/"a"/
{ }
