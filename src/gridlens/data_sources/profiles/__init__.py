"""What columns hold and mean: figures over their rows, roles, units, and the step of time."""
