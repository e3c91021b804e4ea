
  exit_group {56}1
