#pragma D option errtags
BEGIN { @a = count(); @a = sum(1); }
