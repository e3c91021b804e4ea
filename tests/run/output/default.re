CPU     ID                    FUNCTION:NAME
 +[0-9]+ {6}1 {27}:BEGIN   text {29}
 +[0-9]+ {6}1 {27}:BEGIN  {6}123 {15}-5 {5}7 {7}99
 +[0-9]+ {6}1 {27}:BEGIN 
 +[0-9]+ {6}1 {27}:BEGIN 

