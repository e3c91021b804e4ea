CPU     ID                    FUNCTION:NAME
 +[0-9]+      1                           :BEGIN before
hello 7
after
one
two

