/* error, rows: D_ATTR_MIN line 3 */
#pragma D option amin=Stable/Stable/Common
BEGIN { x = curthread; }
