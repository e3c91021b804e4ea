CPU     ID                    FUNCTION:NAME
 +[0-9]+      1                           :BEGIN         1
 +[0-9]+      1                           :BEGIN 
 +[0-9]+      1                           :BEGIN 

