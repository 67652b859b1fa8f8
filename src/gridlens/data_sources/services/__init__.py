"""What can be done with sources; each public method is one unit of work."""
