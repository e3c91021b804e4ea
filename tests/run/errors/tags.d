BEGIN { x = nosuchvariable; }
