CPU     ID                    FUNCTION:NAME
 +[0-9]+ {6}1 {27}:BEGIN one

 +[0-9]+ {6}1 {27}:BEGIN two

